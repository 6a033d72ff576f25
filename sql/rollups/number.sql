-- Every slice and value of the dated ledger gets its number, and so do the slices that months of products are summed up to.
insert into slices (store_id, clock, currency, channel, country)
select :store_id, clock, currency, channel, country
from dated_ledger
group by grouping sets ((clock, currency, channel, country), (clock, currency, channel), (clock, currency))
on conflict do nothing;
insert into sold_values (store_id, dimension, value)
select :store_id, 'product', coalesce(product_key, '')
from dated_ledger
where line_kind in ('product', 'discount')
group by coalesce(product_key, '')
union all
select :store_id, 'category', coalesce(category, '')
from dated_ledger
where line_kind in ('product', 'discount')
group by coalesce(category, '')
union all
select :store_id, 'vendor', coalesce(vendor, '')
from dated_ledger
where line_kind in ('product', 'discount')
group by coalesce(vendor, '')
on conflict do nothing;
analyze slices, sold_values;
