-- One row a rule of the stores, as they stand in the table to edit: the oldest first. A rule since ever has no first day.
select
    s.name as store,
    r.rule_no,
    r.cost_kind,
    nullif(r.valid_from, '0001-01-01') as valid_from,
    r.channel,
    r.country,
    r.payment_method,
    r.weight_from,
    r.weight_to,
    r.per_order,
    r.per_unit,
    r.share,
    r.currency
from cost_rules as r
inner join stores as s on r.store_id = s.store_id
where cast(:store_ids as integer[]) is null or r.store_id = any(cast(:store_ids as integer[]))
order by s.name, r.rule_no
