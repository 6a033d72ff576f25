-- In which order the file writes days: ISO and names of months need no answer; else the numbers above 12 decide, each day
-- that can be read in one order only counting as a voice, so that one slip of the pen does not turn a whole file. Days
-- such as 5/5/2024, the same in both orders, leave nothing to decide.
with days as (
    select value from (unpivot evidence on columns(*) into name name value value)
),

parts as (
    select
        try_cast(regexp_extract(value, '^\s*([0-9]{1,2})[/.\-]', 1) as integer) as first_part,
        try_cast(regexp_extract(value, '^\s*[0-9]{1,2}[/.\-]([0-9]{1,2})[/.\-]', 1) as integer) as second_part,
        regexp_matches(value, '^\s*[0-9]{1,2}\.') as has_points
    from days
    where not value[5:5] = '-'
),

voices as (
    select
        count(*) filter (where first_part between 1 and 12 and second_part between 1 and 12 and first_part != second_part) as either,
        count(*) filter (where first_part between 13 and 31 and second_part between 1 and 12) as day_first,
        count(*) filter (where second_part between 13 and 31 and first_part between 1 and 12) as month_first,
        bool_and(has_points) filter (where second_part is not null) as has_points
    from parts
)

select
    case
        when day_first > month_first then 'day_first'
        when month_first > day_first then 'month_first'
        when has_points then 'day_first'
        when either = 0 then 'iso'
        else 'undecided'
    end as day_order
from voices;
