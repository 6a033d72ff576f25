-- One row a product named whose first sale lies in the days asked for and at least 28 days after the store's own first, and
-- which sold on at least 3 days of its first 28: the day it was launched. Whether a product was sold before is looked up
-- product by product: for most of them the first line found says so.
with begun as (
    select
        s.store_id,
        greatest(f.day + 28, :start) as since
    from stores as s
    cross join lateral (
        select min(d.day) as day
        from sales_daily as d
        where s.store_id = d.store_id
    ) as f
    where cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[]))
),

fresh as materialized (
    select
        p.store_id,
        p.product_key,
        p.title,
        b.since
    from products as p
    inner join begun as b on p.store_id = b.store_id
    where
        p.product_key = any(cast(:products as text[]))
        -- not a plain "not exists", for which all lines would be read at once
        and exists (
            select 1
            from ledger as l
            where
                l.entry = 'sale' and l.line_kind = 'product' and l.units > 0
                and p.store_id = l.store_id and p.product_key = l.product_key and l.ordered_on < b.since
        ) is false
),

sold as (
    select
        f.store_id,
        f.product_key,
        f.title,
        f.since,
        s.day,
        s.units,
        min(s.day) over (partition by f.store_id, f.product_key) as first_day
    from fresh as f
    cross join lateral (
        select
            l.ordered_on as day,
            sum(l.units) as units
        from ledger as l
        where
            l.entry = 'sale' and l.line_kind = 'product' and l.units > 0
            and f.store_id = l.store_id and f.product_key = l.product_key
        group by l.ordered_on
    ) as s
)

select
    first_day as day,
    product_key,
    max(title) as title,
    sum(units) as units
from sold
where
    day < first_day + 28 and first_day >= since
    and (cast(:stop as date) is null or first_day < :stop)
group by store_id, product_key, first_day
having count(*) >= 3
order by first_day, product_key
