insert into cost_rules (
    store_id, cost_kind, valid_from, channel, country, payment_method, weight_from, weight_to, per_order, per_unit, share,
    currency
)
values (
    :store_id, :cost_kind, coalesce(cast(:valid_from as date), '0001-01-01'), :channel, :country, :payment_method, :weight_from,
    :weight_to, :per_order, :per_unit, :share, :currency
)
