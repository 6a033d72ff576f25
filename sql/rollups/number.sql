-- Slices and values that the touched days can bring get their numbers, and so do the slices that months of products are
-- summed up to.
insert into slices (store_id, clock, currency, channel, country)
select :store_id, c.clock, o.currency, o.channel, o.country
from orders as o
cross join (values ('both'), ('order_date'), ('refund_date')) as c (clock)
where o.store_id = :store_id and (cast(:everything as boolean) or o.ordered_on = any(cast(:days as date[])))
group by grouping sets ((c.clock, o.currency, o.channel, o.country), (c.clock, o.currency, o.channel), (c.clock, o.currency))
on conflict do nothing;
insert into sold_values (store_id, dimension, value)
select :store_id, v.dimension, v.value
from products as p
cross join lateral (values ('category', coalesce(p.category, '')), ('vendor', coalesce(p.vendor, ''))) as v (dimension, value)
where p.store_id = :store_id
union
select :store_id, v.dimension, '' as value
from (values ('category'), ('vendor')) as v (dimension)
on conflict do nothing;
with named as (
    select product_key, category, vendor
    from products
    where store_id = :store_id
    union all
    select '' as product_key, null as category, null as vendor
)

insert into sold_values (store_id, dimension, value, category_no, vendor_no)
select :store_id, 'product', n.product_key, c.value_no as category_no, b.value_no as vendor_no
from named as n
inner join sold_values as c on c.store_id = :store_id and c.dimension = 'category' and coalesce(n.category, '') = c.value
inner join sold_values as b on b.store_id = :store_id and b.dimension = 'vendor' and coalesce(n.vendor, '') = b.value
on conflict (store_id, dimension, value) do update
set category_no = excluded.category_no, vendor_no = excluded.vendor_no
where (sold_values.category_no, sold_values.vendor_no) is distinct from (excluded.category_no, excluded.vendor_no);
analyze sold_values;
