select
    code,
    valid_from,
    currency,
    unit_cost,
    freight,
    duty,
    rows
from costs_new
