-- One row an entry of the audit log since a moment, the newest first.
select
    audit_log.entry_id,
    audit_log.at,
    audit_log.actor,
    audit_log.role,
    audit_log.action,
    audit_log.subject,
    stores.name as store,
    audit_log.details
from audit_log
left join stores on stores.store_id = audit_log.store_id
where audit_log.at >= now() - make_interval(days => cast(:last_days as integer))
order by audit_log.entry_id desc
