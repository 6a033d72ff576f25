-- One row a time that a product named ran out: the first snapshot with nothing on hand at any location after one with
-- some, and the first later one with some again (null while there is none).
with counted as (
    select
        store_id,
        product_key,
        as_of,
        max(title) as title,
        sum(on_hand) as on_hand
    from inventory_levels
    where
        product_key = any(cast(:products as text[]))
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    group by store_id, product_key, as_of
    having sum(on_hand) is not null
),

followed as (
    select
        *,
        lag(on_hand) over (partition by store_id, product_key order by as_of) as on_hand_before,
        min(as_of) filter (where on_hand > 0) over (
            partition by store_id, product_key order by as_of rows between 1 following and unbounded following
        ) as back_on
    from counted
)

select
    as_of as day,
    back_on,
    product_key,
    title
from followed
where
    on_hand <= 0 and on_hand_before > 0
    and (cast(:start as date) is null or as_of >= :start)
    and (cast(:stop as date) is null or as_of < :stop)
order by as_of, product_key
