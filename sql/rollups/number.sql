-- Slices and values that the touched days can bring get their numbers, and so do the slices that products are summed up to:
-- all countries of a channel by quarter and year, all channels by month and year.
insert into slices (store_id, clock, currency, channel, country, grain)
select distinct :store_id, c.clock, o.currency, g.channel, g.country, g.grain
from (
    select currency, channel, country
    from orders
    where store_id = :store_id and (cast(:everything as boolean) or ordered_on = any(cast(:days as date[])))
    group by currency, channel, country
) as o
cross join (values ('both'), ('order_date'), ('refund_date')) as c (clock)
cross join lateral (
    values
    ('day', o.channel, o.country), ('quarter', o.channel, null), ('year', o.channel, null), ('month', null, null),
    ('year', null, null)
) as g (grain, channel, country)
on conflict do nothing;
analyze slices;
create temp table slices_above on commit drop as
select
    s.slice_no,
    max(a.slice_no) filter (where a.grain = 'month') as month_no,
    max(a.slice_no) filter (where a.grain = 'year' and a.channel is null) as year_no,
    max(a.slice_no) filter (where a.grain = 'quarter') as channel_quarter_no,
    max(a.slice_no) filter (where a.grain = 'year' and a.channel is not null) as channel_year_no
from slices as s
inner join slices as a
    on
        s.store_id = a.store_id and s.clock = a.clock and s.currency = a.currency and a.grain <> 'day'
        and (a.channel is null or a.channel = s.channel)
where s.store_id = :store_id and s.grain = 'day'
group by s.slice_no;
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
