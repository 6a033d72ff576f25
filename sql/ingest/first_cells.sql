-- The filled cells of the first rows as they would load: numbers and days as they are read, and as they stand where they
-- cannot be read.
with first_rows as (
    select *
    from source
    where record <= $most
),

cells as (
    unpivot first_rows on columns(* exclude (record, is_blank)) into name name value value
)

select
    record,
    name,
    case
        when list_contains($numbers, name)
            then coalesce(
                replace(
                    regexp_replace(cast(to_number(value, getvariable('decimal_comma')) as varchar), '(\.[0-9]{2}[0-9]*?)0+$', '\1'),
                    '.00',
                    ''
                ),
                value
            )
        when list_contains($dates, name)
            then coalesce(regexp_replace(cast(to_moment(value, getvariable('day_first')) as varchar), ' 00:00:00$', ''), value)
        else value
    end as value
from cells
order by record;
