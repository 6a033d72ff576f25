-- Whether the file writes numbers with a decimal comma, decided from every number in it. Behind the last mark one, two, or
-- more than three digits are decimals, and so are three behind a lone 0 or behind groups parted by the other mark; a mark
-- that stands twice parts thousands. The more numerous voices are believed, and only files with commas or with such
-- groups are counted out.
with numbers as not materialized (
    select value from (unpivot evidence on columns(*) into name name value value)
),

commas as (
    select count(*) as numbers
    from numbers
    where
        (contains(value, ',') or value like '%.%.%')
        and regexp_matches(value, '(,[0-9]{1,2}|,[0-9]{4,}|\.[0-9]{3},[0-9]*|(^|[^0-9])0,[0-9]{3}|(\.[0-9]{3}){2,})[^0-9.,]*$')
),

points as (
    select count(*) as numbers
    from numbers
    inner join commas on commas.numbers > 0
    where
        regexp_matches(value, '(\.[0-9]{1,2}|\.[0-9]{4,}|,[0-9]{3}\.[0-9]*|(^|[^0-9])0\.[0-9]{3}|(,[0-9]{3}){2,})[^0-9.,]*$')
)

select commas.numbers > points.numbers as decimal_comma
from commas
cross join points;
