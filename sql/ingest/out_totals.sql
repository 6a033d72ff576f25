select
    day,
    metric,
    currency,
    amount,
    rows
from totals_new
