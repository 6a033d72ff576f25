-- One row a currency and product: how many order lines of it were sold in which of the weeks before :stop, numbered backwards
-- from 0 and whole if :start is a multiple of seven days before :stop. An order counts once a product. Of some :products, or all.
with chosen as (
    select
        slice_no,
        coalesce(cast(:into as text), currency) as shown_in
    from slices
    where
        clock = 'both' and grain = 'day'
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

wanted as (
    select value_no
    from sold_values
    where dimension = 'product' and value = any(cast(:products as text[]))
),

sold as (
    select
        c.shown_in,
        d.value_no,
        (cast(:stop as date) - 1 - d.day) / 7 as week,
        whole_sum(d.orders) as lines
    from chosen as c
    inner join sales_products_daily as d on c.slice_no = d.slice_no
    where
        d.day >= :start and d.day < :stop and d.orders > 0
        and (cast(:products as text[]) is null or d.value_no in (select w.value_no from wanted as w))
    group by c.shown_in, d.value_no, week
)

select
    s.shown_in as currency,
    v.value as product_key,
    array_agg(s.week) as weeks,
    array_agg(s.lines) as lines
from sold as s
inner join sold_values as v on s.value_no = v.value_no
where v.value <> ''
group by s.shown_in, v.value
order by s.shown_in, v.value
