-- One row a day and currency on which goods were sold or taken back: which products, in the summaries' numbers, with the pieces
-- sold and the net sales in 1/10,000, as packed numbers in the same order; a product of several slices comes several times.
-- With :into amounts are converted by the rate of their day, and what has none is left out.
with chosen as (
    select
        slice_no,
        currency,
        case clock when 'both' then 1 else -1 end as sign
    from slices
    where
        clock in ('both', :basis) and grain = 'day' and channel is not null and country is not null
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

placed as (
    select
        d.day,
        coalesce(cast(:into as text), c.currency) as currency,
        d.value_no,
        case when c.sign > 0 then d.units else 0 end as units,
        cast(c.sign * d.amount - coalesce(d.discount, 0) as float8) * coalesce(r.rate, 1) as amount
    from chosen as c
    inner join sales_products_daily as d on c.slice_no = d.slice_no
    left join exchange_rates as r
        on
            c.currency <> :into and c.currency = r.currency and r.into_currency = :into
            and d.day >= r.valid_from and d.day < r.valid_to
    where
        d.day >= :start and d.day < :stop
        and (cast(:into as text) is null or c.currency = :into or r.rate is not null)
)

select
    day,
    currency,
    string_agg(int4send(value_no), cast('' as bytea)) as numbers,
    string_agg(float8send(units), cast('' as bytea)) as units,
    string_agg(float8send(amount), cast('' as bytea)) as amounts
from placed
group by day, currency
order by day, currency
