-- Whether the file writes numbers with a decimal comma, decided from every number in it: a comma before the last one or
-- two digits says so unless another number has a decimal point.
with numbers as (
    select value from (unpivot evidence on columns(*) into name name value value)
)

select
    coalesce(bool_or(regexp_matches(value, ',[0-9]{1,2}\D*$')), false)
    and not coalesce(bool_or(regexp_matches(value, '\.[0-9]{1,2}\D*$')), false) as decimal_comma
from numbers
where contains(value, ',');
