-- In which order the file writes days: ISO needs no answer; else the first number above 12 decides.
with days as (
    select value from (unpivot evidence on columns(*) into name name value value)
),

parts as (
    select
        try_cast(regexp_extract(value, '^\s*([0-9]{1,2})[/.\-]', 1) as integer) as first_part,
        try_cast(regexp_extract(value, '^\s*[0-9]{1,2}[/.\-]([0-9]{1,2})[/.\-]', 1) as integer) as second_part,
        contains(value, '.') as has_points
    from days
    where not value[5:5] = '-'
)

select
    case
        when count(first_part) = 0 then 'iso'
        when max(first_part) > 12 then 'day_first'
        when max(second_part) > 12 then 'month_first'
        when bool_and(has_points) then 'day_first'
        else 'undecided'
    end as day_order
from parts;
