-- What sales_daily must hold of the dated ledger's days. Amounts are in 1/10,000 of the currency: whole numbers sum fast.
create temp view sales_daily_now as
with summed as (
    select
        slice_no,
        day,
        entry,
        kind,
        line_kind,
        count(*) as rows,
        whole_sum(units) as units,
        whole_sum(amount) as amount,
        whole_sum(discount) as discount,
        whole_sum(amount - discount) filter (where cost is not null and is_product) as covered,
        whole_sum(cost) filter (where is_product) as cost
    from dated_ledger
    group by slice_no, day, entry, kind, line_kind
)

select
    s.store_id,
    d.day,
    s.clock,
    s.currency,
    s.channel,
    s.country,
    d.entry,
    d.kind,
    d.line_kind,
    d.rows,
    coalesce(d.units, 0) * 0.0001 as units,
    d.amount,
    d.discount,
    coalesce(d.covered, 0) as covered,
    coalesce(d.cost, 0) as cost
from summed as d
inner join slices as s on d.slice_no = s.slice_no
