select
    min(as_of) as first_day,
    max(as_of) as last_day
from (
    select * from levels_new
    union all by name
    select cast(null as date) as as_of
    where false
)
