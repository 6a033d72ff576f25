select
    min(least(ordered_on, received_on)) as first_day,
    max(greatest(ordered_on, received_on)) as last_day,
    mode(currency) as currency
from purchase_orders_new
