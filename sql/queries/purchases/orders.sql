-- One row a purchase order, the newest first and drafts before them. Values are in the order's currency, unknown where a
-- line's cost is; open is what an order that was sent has still to bring.
with received as (
    select
        store_id,
        order_no,
        line_no,
        sum(units) as units,
        min(received_on) as first_received_on,
        max(received_on) as last_received_on
    from purchase_receipts
    where received_on <= cast(:day as date)
    group by store_id, order_no, line_no
),

summed as (
    select
        i.store_id,
        i.order_no,
        count(*) as lines,
        sum(i.units) as units,
        coalesce(sum(r.units), 0) as received_units,
        sum(greatest(i.units - coalesce(r.units, 0), 0)) as missing_units,
        case when bool_and(i.unit_cost is not null) then sum(i.units * i.unit_cost) end as goods_value,
        case
            when bool_and(i.unit_cost is not null) then sum(greatest(i.units - coalesce(r.units, 0), 0) * i.unit_cost)
        end as missing_value,
        min(r.first_received_on) as first_received_on,
        max(r.last_received_on) as last_received_on
    from purchase_order_items as i
    left join received as r on i.store_id = r.store_id and i.order_no = r.order_no and i.line_no = r.line_no
    where cast(:store_ids as integer[]) is null or i.store_id = any(cast(:store_ids as integer[]))
    group by i.store_id, i.order_no
)

select
    o.store_id,
    o.order_no,
    o.supplier,
    o.status,
    case
        when o.status <> 'sent' or s.received_units = 0 then o.status
        when s.missing_units = 0 then 'received'
        else 'partly received'
    end as stage,
    o.ordered_on,
    o.expected_on,
    o.location,
    o.currency,
    s.lines,
    s.units,
    s.received_units,
    case when o.status = 'sent' then s.missing_units else 0 end as open_units,
    s.goods_value,
    o.freight,
    o.duty,
    s.goods_value + o.freight + o.duty as value,
    case when o.status = 'sent' then s.missing_value else 0 end as open_value,
    o.deposit,
    o.deposit_due_on,
    o.balance_due_on,
    s.first_received_on,
    s.last_received_on,
    case
        when o.expected_on is null then null
        when o.status = 'sent' and s.missing_units > 0 then greatest(cast(:day as date) - o.expected_on, 0)
        when o.status in ('sent', 'closed') then greatest(s.last_received_on - o.expected_on, 0)
    end as days_late,
    o.note
from purchase_orders as o
inner join summed as s on o.store_id = s.store_id and o.order_no = s.order_no
where cast(:currency as text) is null or o.currency = :currency
order by o.ordered_on desc nulls first, o.order_no desc
