select
    record,
    column_name,
    value,
    reason
from rejects
order by record
