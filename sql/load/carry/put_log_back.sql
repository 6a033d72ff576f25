-- Nobody takes a log away by restoring a backup: what it does not know is added again.
insert into audit_log (at, actor, role, action, subject, store_id, details)
select
    k.at,
    k.actor,
    k.role,
    k.action,
    k.subject,
    k.store_id,
    k.details
from kept_log as k
where
    not exists (
        select 1
        from audit_log as a
        where a.at = k.at and a.actor = k.actor and a.action = k.action and a.subject = k.subject
    )
order by k.at
