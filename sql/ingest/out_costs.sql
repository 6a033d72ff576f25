select
    code,
    valid_from,
    currency,
    unit_cost,
    rows
from costs_new
