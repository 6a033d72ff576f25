-- One row a product named whose first sale lies in the days asked for and at least 28 days after the store's own first, and
-- which sold on at least 3 days of its first 28: the day it was launched.
with sold as (
    select
        store_id,
        product_key,
        ordered_on as day,
        sum(units) as units
    from ledger
    where
        entry = 'sale' and line_kind = 'product' and units > 0
        and product_key = any(cast(:products as text[]))
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    group by store_id, product_key, ordered_on
),

begun as (
    select
        store_id,
        min(day) as day
    from sales_daily
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
    group by store_id
),

first_sold as (
    select
        store_id,
        product_key,
        min(day) as day
    from sold
    group by store_id, product_key
)

select
    f.day,
    f.product_key,
    max(p.title) as title,
    sum(s.units) as units
from first_sold as f
inner join begun as b on f.store_id = b.store_id and f.day >= b.day + 28
inner join sold as s on f.store_id = s.store_id and f.product_key = s.product_key and s.day < f.day + 28
inner join products as p on f.store_id = p.store_id and f.product_key = p.product_key
where
    (cast(:start as date) is null or f.day >= :start)
    and (cast(:stop as date) is null or f.day < :stop)
group by f.store_id, f.product_key, f.day
having count(*) >= 3
order by f.day, f.product_key
