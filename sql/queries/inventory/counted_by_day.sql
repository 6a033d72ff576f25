-- One row a day and location that was counted: the products, set apart by the character 31, and what was available and on hand
-- of each as packed eight-byte numbers in the same order, NaN where a product is not stocked there.
select
    as_of,
    location,
    string_agg(product_key, chr(31)) as products,
    string_agg(float8send(coalesce(cast(coalesce(available, on_hand) as double precision), 'NaN')), cast('' as bytea))
        as available,
    string_agg(float8send(coalesce(cast(coalesce(on_hand, available) as double precision), 'NaN')), cast('' as bytea))
        as on_hand
from inventory_levels
where
    store_id = :store_id
    and as_of >= :start and as_of < :stop
    and (cast(:products as text[]) is null or product_key = any(cast(:products as text[])))
    and (cast(:locations as text[]) is null or location = any(cast(:locations as text[])))
group by as_of, location
order by as_of, location
