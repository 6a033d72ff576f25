-- One row a slice and week of seven days, counted back from :stop (0 is the last one): which products sold in it on each
-- day, in the summaries' numbers, with the pieces, the amount before discounts and the discounts in 1/10,000, as packed
-- numbers in the same order. With :into amounts are converted by the rate of their day, and what has none is left out.
with chosen as (
    select
        slice_no,
        currency
    from slices
    where
        clock = 'both' and grain = 'day' and channel is not null and country is not null
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
)

select
    c.slice_no,
    coalesce(cast(:into as text), c.currency) as currency,
    (cast(:stop as date) - 1 - d.day) / 7 as week,
    string_agg(int4send(d.value_no), cast('' as bytea)) as numbers,
    string_agg(float8send(d.units), cast('' as bytea)) as units,
    string_agg(float8send(cast(d.amount as float8) * coalesce(r.rate, 1)), cast('' as bytea)) as amounts,
    string_agg(float8send(cast(coalesce(d.discount, 0) as float8) * coalesce(r.rate, 1)), cast('' as bytea)) as discounts
from chosen as c
inner join sales_products_daily as d on c.slice_no = d.slice_no
left join exchange_rates as r
    on
        c.currency <> :into and c.currency = r.currency and r.into_currency = :into
        and d.day >= r.valid_from and d.day < r.valid_to
where
    d.day >= :start and d.day < :stop and d.units > 0 and d.amount > 0
    and (cast(:into as text) is null or c.currency = :into or r.rate is not null)
group by c.slice_no, c.currency, (cast(:stop as date) - 1 - d.day) / 7
order by week, c.slice_no
