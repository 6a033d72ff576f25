-- One row a product and day of an export from which on the catalogue listed it at another price than the export before it did, or
-- the first one known; of the products asked for, of imports that stand.
with told as (
    select
        i.store_id,
        i.key as product_key,
        i.as_of,
        cast(i.image ->> 'price' as numeric) as price,
        i.image ->> 'currency' as currency,
        row_number() over (partition by i.store_id, i.key, i.as_of order by i.import_id desc) as place
    from import_images as i
    where
        i.kind = 'products'
        and (cast(:store_ids as integer[]) is null or i.store_id = any(cast(:store_ids as integer[])))
        and (cast(:products as text[]) is null or i.key = any(cast(:products as text[])))
        and i.image ->> 'price' is not null
),

followed as (
    select
        *,
        lag(price) over (partition by store_id, product_key, currency order by as_of) as price_before
    from told
    where place = 1
)

select
    f.as_of as day,
    f.product_key,
    p.title,
    f.currency,
    f.price_before,
    f.price
from followed as f
left join products as p on f.store_id = p.store_id and f.product_key = p.product_key
where
    f.price_before is distinct from f.price
    and (cast(:currency as text) is null or f.currency = :currency)
    and (cast(:stop as date) is null or f.as_of < :stop)
order by f.as_of, f.product_key
