-- Whether the file writes numbers with a decimal comma, decided from every number in it: one or two digits behind a comma
-- say so, behind a point deny it, and the more numerous are believed. Only files that have such commas are counted out.
with numbers as not materialized (
    select value from (unpivot evidence on columns(*) into name name value value)
),

commas as (
    select count(*) as numbers
    from numbers
    where contains(value, ',') and regexp_matches(value, ',[0-9]{1,2}\D*$')
),

points as (
    select count(*) as numbers
    from numbers
    inner join commas on commas.numbers > 0
    where regexp_matches(value, '\.[0-9]{1,2}\D*$')
)

select commas.numbers > points.numbers as decimal_comma
from commas
cross join points;
