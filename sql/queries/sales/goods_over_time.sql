-- One row a currency, category or vendor of the list ('' for none) and day: net sales of goods; with :into converted by the
-- rate of the day, what has none left out. Vendors are read by month, with all days of one in a row; those of some categories
-- are added up from products.
with chosen as (
    select slice_no, currency, case clock when 'both' then 1 else -1 end as sign
    from slices
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and grain = 'day' and clock in ('both', :basis)
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

wanted as (
    select value_no, value
    from sold_values
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and dimension = :dimension and value = any(cast(:values as text[]))
),

days as (
    select
        w.value,
        c.currency,
        d.day,
        c.sign * d.amount - d.discount as net_sales
    from wanted as w
    inner join sales_categories_daily as d on w.value_no = d.value_no
    inner join chosen as c on d.slice_no = c.slice_no
    where
        :dimension = 'category'
        and (cast(:categories as text[]) is null or w.value = any(cast(:categories as text[])))
        and (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
    union all
    select
        w.value,
        c.currency,
        d.month + n.day as day,
        n.net as net_sales
    from wanted as w
    inner join sales_vendors_monthly as d on w.value_no = d.value_no
    inner join chosen as c on d.slice_no = c.slice_no
    cross join lateral unnest(d.nets, d.days) as n (net, day)
    where
        :dimension = 'vendor' and cast(:categories as text[]) is null
        and (cast(:start as date) is null or d.month + 31 > :start)
        and (cast(:stop as date) is null or d.month < :stop)
    union all
    select
        w.value,
        c.currency,
        d.day,
        c.sign * d.amount - coalesce(d.discount, 0) as net_sales
    from chosen as c
    inner join sales_products_daily as d on c.slice_no = d.slice_no
    inner join sold_values as p on d.value_no = p.value_no
    inner join wanted as w on p.vendor_no = w.value_no
    inner join sold_values as g on p.category_no = g.value_no
    where
        :dimension = 'vendor' and cast(:categories as text[]) is not null
        and g.value = any(cast(:categories as text[]))
        and (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
),

by_day as (
    select
        value,
        currency,
        day,
        sum(net_sales) * 0.0001 as net_sales
    from days
    where
        (cast(:start as date) is null or day >= :start)
        and (cast(:stop as date) is null or day < :stop)
    group by value, currency, day
)

select
    d.value,
    coalesce(cast(:into as text), d.currency) as currency,
    d.day,
    sum(d.net_sales * coalesce(r.rate, 1)) as net_sales
from by_day as d
left join exchange_rates as r
    on
        d.currency <> :into and d.currency = r.currency and r.into_currency = :into
        and d.day >= r.valid_from and d.day < r.valid_to
where cast(:into as text) is null or d.currency = :into or r.rate is not null
group by d.value, coalesce(cast(:into as text), d.currency), d.day
order by currency, value, day
