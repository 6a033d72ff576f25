-- Where a file goes wrong first.
select
    record,
    column_name,
    value,
    reason
from rejects
order by record
limit $most;
