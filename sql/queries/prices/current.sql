-- One row a product and currency that was sold in the days: pieces, what they brought after discounts, and the landed
-- cost of a piece on the last of the days (null where nobody knows). With :into converted by the rate of the day of
-- sale, the cost by that of the last day.
with chosen as (
    select
        slice_no,
        store_id,
        currency
    from slices
    where
        clock = 'both' and grain = 'day' and channel is not null and country is not null
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

sold as (
    select
        c.store_id,
        c.currency,
        d.value_no,
        sum(d.units) * 0.0001 as units,
        sum((d.amount - coalesce(d.discount, 0)) * coalesce(r.rate, 1)) * 0.0001 as amount
    from chosen as c
    inner join sales_products_daily as d on c.slice_no = d.slice_no
    left join exchange_rates as r
        on
            c.currency <> :into and c.currency = r.currency and r.into_currency = :into
            and d.day >= r.valid_from and d.day < r.valid_to
    where
        d.day >= :start and d.day < :stop and d.units > 0
        and (cast(:into as text) is null or c.currency = :into or r.rate is not null)
    group by c.store_id, c.currency, d.value_no
)

select
    v.value as product_key,
    p.sku,
    coalesce(cast(:into as text), s.currency) as currency,
    s.units,
    s.amount,
    (c.unit_cost + c.freight + c.duty) * coalesce(r.rate, 1) as unit_cost
from sold as s
inner join sold_values as v on s.value_no = v.value_no
inner join products as p on s.store_id = p.store_id and v.value = p.product_key
left join product_costs as c
    on
        s.store_id = c.store_id and v.value = c.product_key and s.currency = c.currency
        and c.covers_from < :stop and c.covers_to >= :stop
left join exchange_rates as r
    on
        s.currency <> :into and s.currency = r.currency and r.into_currency = :into
        and cast(:stop as date) - 1 >= r.valid_from and cast(:stop as date) - 1 < r.valid_to
where cast(:categories as text[]) is null or p.category = any(cast(:categories as text[]))
order by v.value, s.currency
