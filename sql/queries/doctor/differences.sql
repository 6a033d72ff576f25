-- Rows of the daily summary that are not what the ledger says, missing and superfluous ones included.
with kept as (
    select * from sales_daily
),

computed as (
    select
        store_id, day, clock, currency, channel, country, entry, kind, line_kind, rows, units, amount, discount, covered, cost
    from sales_daily_computed
),

differing as (
    (
        select 'kept' as side, k.* from kept as k
        except all
        select 'kept' as side, c.* from computed as c
    )
    union all
    (
        select 'computed' as side, c.* from computed as c
        except all
        select 'computed' as side, k.* from kept as k
    )
)

select
    store_id, day, clock, currency, entry, kind, line_kind, side, amount, discount, units, rows
from differing
order by store_id, day, clock, entry
