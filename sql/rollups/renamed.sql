-- Products whose category or brand is another one than when they were summed up.
insert into products_touched (product_key)
select p.product_key
from products as p
inner join sold_values as v on v.store_id = :store_id and v.dimension = 'product' and p.product_key = v.value
inner join sold_values as c on v.category_no = c.value_no
inner join sold_values as b on v.vendor_no = b.value_no
where p.store_id = :store_id and (coalesce(p.category, ''), coalesce(p.vendor, '')) <> (c.value, b.value)
on conflict do nothing
