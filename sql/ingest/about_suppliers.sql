-- Terms hold from their first day on; the table as a whole tells of the day it was made.
select
    least(min(valid_from), cast(getvariable('as_of') as date)) as first_day,
    cast(getvariable('as_of') as date) as last_day,
    mode(currency) as currency
from suppliers_new
