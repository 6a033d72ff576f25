-- One row a currency, entry, kind of reversal and kind of line, for the steps of the bridge: of whole months and the days
-- beside them.
with summed as (
    select currency, entry, kind, line_kind, amount, discount
    from sales_monthly
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and clock in ('both', :basis)
        and month >= :month_start and month < :month_stop
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
    union all
    select currency, entry, kind, line_kind, amount, discount
    from sales_daily
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and clock in ('both', :basis)
        and (cast(:start as date) is null or day >= :start)
        and (cast(:stop as date) is null or day < :stop)
        and day < :month_start
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
    union all
    select currency, entry, kind, line_kind, amount, discount
    from sales_daily
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and clock in ('both', :basis)
        and (cast(:start as date) is null or day >= :start)
        and (cast(:stop as date) is null or day < :stop)
        and day >= :month_stop
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
)

select
    currency,
    entry,
    kind,
    line_kind,
    sum(case entry when 'reversal' then -amount else amount - discount end) * 0.0001 as net
from summed
group by currency, entry, kind, line_kind
