-- Every name needs a product: one that no catalogue lists takes its title from the lines that sold it.
insert into products (store_id, product_key, sku, title, vendor, category, as_of, fingerprint, import_id)
select
    a.store_id,
    a.product_key,
    max(nullif(a.sku, '')),
    max(a.title),
    max(a.vendor),
    max(s.category),
    :as_of,
    '',
    :import_id
from product_aliases as a
left join alias_stage as s on a.sku = s.sku and a.title = s.title
where a.store_id = :store_id
group by a.store_id, a.product_key
on conflict (store_id, product_key) do nothing
