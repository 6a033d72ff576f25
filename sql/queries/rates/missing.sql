-- One row a currency and day of the scope on which its amounts have no rate into the currency asked for: the orders placed
-- and what was collected less what was taken back, in their own currency. From the daily summary, which knows no categories.
select
    d.currency,
    d.day,
    coalesce(sum(d.rows) filter (where d.entry = 'charge' and d.line_kind in ('order', 'zero_order')), 0) as orders,
    sum(case d.entry when 'reversal' then -d.amount else d.amount - d.discount end) * 0.0001 as amount
from sales_daily as d
where
    d.currency <> :into
    and (cast(:store_ids as integer[]) is null or d.store_id = any(cast(:store_ids as integer[])))
    and d.clock in ('both', :basis)
    and (cast(:start as date) is null or d.day >= :start)
    and (cast(:stop as date) is null or d.day < :stop)
    and (cast(:channels as text[]) is null or d.channel = any(cast(:channels as text[])))
    and (cast(:countries as text[]) is null or d.country = any(cast(:countries as text[])))
    and (cast(:currency as text) is null or d.currency = :currency)
    and not exists (
        select 1
        from exchange_rates as r
        where
            d.currency = r.currency and r.into_currency = :into and d.day >= r.valid_from and d.day < r.valid_to
    )
group by d.currency, d.day
order by d.currency, d.day
