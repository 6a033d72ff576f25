-- One row a currency, entry, kind of reversal and kind of line, for the steps of the bridge.
with rates as (
    select
        currency,
        valid_from,
        valid_to,
        rate
    from exchange_rates
    where into_currency = :into
    union all
    select
        cast(:into as text) as currency,
        date '-infinity' as valid_from,
        date 'infinity' as valid_to,
        1 as rate
)

select
    cast(:into as text) as currency,
    d.entry,
    d.kind,
    d.line_kind,
    sum(case d.entry when 'reversal' then -d.amount else d.amount - d.discount end * r.rate) * 0.0001 as net
from sales_daily as d
inner join rates as r
    on d.currency = r.currency and d.day >= r.valid_from and d.day < r.valid_to
where
    (cast(:store_ids as integer[]) is null or d.store_id = any(cast(:store_ids as integer[])))
    and d.clock in ('both', :basis)
    and (cast(:start as date) is null or d.day >= :start)
    and (cast(:stop as date) is null or d.day < :stop)
    and (cast(:channels as text[]) is null or d.channel = any(cast(:channels as text[])))
    and (cast(:countries as text[]) is null or d.country = any(cast(:countries as text[])))
    and (cast(:currency as text) is null or d.currency = :currency)
group by d.entry, d.kind, d.line_kind
