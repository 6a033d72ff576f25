select
    state,
    count(*) as rows
from records
group by state
