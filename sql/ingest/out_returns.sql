select
    source || '|' || return_key as return_key,
    source,
    order_name,
    sku,
    title,
    units,
    amount,
    currency,
    returned_at,
    kind,
    reason,
    condition,
    is_restocked,
    resolution,
    comment,
    rows
from returns_new
