-- The days on which each cost is the valid one: the first known cost reaches back, each later one starts on its own day.
-- Kept beside the cost, so that a line finds its cost by a plain join; of two for one day the last code's holds.
with ranked as (
    select
        code,
        valid_from,
        product_key,
        currency,
        row_number() over (partition by product_key, currency, valid_from order by code desc) as place
    from product_costs
    where store_id = :store_id
),

spans as (
    select
        code,
        valid_from,
        case when row_number() over by_day = 1 then date '0001-01-01' else valid_from end as covers_from,
        coalesce(lead(valid_from) over by_day, date '9999-12-31') as covers_to
    from ranked
    where place = 1
    window by_day as (partition by product_key, currency order by valid_from)
    union all
    select
        code,
        valid_from,
        valid_from as covers_from,
        valid_from as covers_to
    from ranked
    where place > 1
),

changed as (
    update product_costs as k
    set covers_from = s.covers_from, covers_to = s.covers_to
    from spans as s
    where
        k.store_id = :store_id and k.code = s.code and k.valid_from = s.valid_from
        and (k.covers_from, k.covers_to) is distinct from (s.covers_from, s.covers_to)
    returning k.product_key
)

insert into products_touched (product_key)
select distinct product_key
from changed
on conflict do nothing
