-- A cost is a fact of its day: kept where it differs from the one that was valid. Gives the products it changes.
insert into product_costs (store_id, product_key, valid_from, currency, unit_cost, import_id)
select
    :store_id, s.product_key, s.as_of, s.currency, s.cost, :import_id
from products_stage as s
left join lateral (
    select c.unit_cost, c.currency
    from product_costs as c
    where c.store_id = :store_id and c.product_key = s.product_key and c.valid_from <= s.as_of
    order by c.valid_from desc
    limit 1
) as known on true
where s.cost is not null and (s.cost, s.currency) is distinct from (known.unit_cost, known.currency)
on conflict (store_id, product_key, valid_from) do update
set
    unit_cost = excluded.unit_cost, currency = excluded.currency, import_id = excluded.import_id
returning product_key
