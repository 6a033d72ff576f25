update cost_rules
set
    cost_kind = :cost_kind,
    valid_from = coalesce(cast(:valid_from as date), '0001-01-01'),
    channel = :channel,
    country = :country,
    payment_method = :payment_method,
    weight_from = :weight_from,
    weight_to = :weight_to,
    per_order = :per_order,
    per_unit = :per_unit,
    share = :share,
    currency = :currency
where store_id = :store_id and rule_no = :rule_no
