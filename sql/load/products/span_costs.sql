-- The days on which each cost of a store is the valid one: the first known cost reaches back, each later one starts on its
-- own day. Kept beside the cost, so that a line finds its cost by a plain join.
with spans as (
    select
        product_key,
        valid_from,
        case when row_number() over by_day = 1 then date '0001-01-01' else valid_from end as covers_from,
        coalesce(lead(valid_from) over by_day, date '9999-12-31') as covers_to
    from product_costs
    where store_id = :store_id
    window by_day as (partition by product_key, currency order by valid_from)
)

update product_costs as c
set covers_from = s.covers_from, covers_to = s.covers_to
from spans as s
where
    c.store_id = :store_id and c.product_key = s.product_key and c.valid_from = s.valid_from
    and (c.covers_from, c.covers_to) is distinct from (s.covers_from, s.covers_to)
