select
    code,
    kind,
    value,
    value_kind,
    minimum,
    starts_on,
    ends_on,
    used,
    status,
    currency,
    rows
from discounts_new
