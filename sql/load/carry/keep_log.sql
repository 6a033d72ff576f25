-- What was done in a database that is about to be replaced, for as long as the transaction lasts.
create temporary table kept_log on commit drop as
select
    at,
    actor,
    role,
    action,
    subject,
    store_id,
    details
from audit_log
