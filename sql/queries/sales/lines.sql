-- The ledger entries of the scope, one row an entry, each with what it adds to every amount.
with placed as (
    select
        case when :basis = 'refund_date' then booked_on else ordered_on end as day,
        case entry when 'reversal' then -amount else amount - discount end as net,
        ledger.*
    from ledger
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
)

select
    l.booked_on,
    l.ordered_on,
    o.order_name,
    l.entry,
    l.kind,
    l.line_kind,
    p.sku,
    p.title,
    l.currency,
    l.channel,
    l.country,
    l.units,
    case when l.entry = 'sale' and l.line_kind = 'product' then l.amount else 0 end as gross_sales,
    case
        when l.line_kind = 'discount' then -l.net
        when l.entry = 'sale' and l.line_kind = 'product' then l.discount
        else 0
    end as discounts,
    case when l.entry = 'reversal' and l.line_kind = 'product' then l.amount else 0 end as reversals,
    case when l.line_kind = 'shipping' then l.net else 0 end as shipping,
    case when l.line_kind = 'tax' then l.net else 0 end as tax,
    case when l.line_kind = 'duties' then l.net else 0 end as duties,
    case when l.line_kind = 'fee' then l.net else 0 end as fees,
    case when l.line_kind = 'tip' then l.net else 0 end as tips,
    case when l.line_kind = 'gift_card' then l.net else 0 end as gift_cards,
    case
        when l.line_kind in ('manual', 'sample', 'bad_debt', 'bank_charge', 'marketplace_fee', 'commission') then l.net
        else 0
    end as adjustments,
    case
        when l.line_kind in ('manual', 'sample', 'bad_debt', 'bank_charge', 'marketplace_fee', 'commission') then 0
        else l.net
    end as collected
from placed as l
inner join orders as o on l.store_id = o.store_id and l.order_key = o.order_key
left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
where
    (cast(:start as date) is null or l.day >= :start)
    and (cast(:stop as date) is null or l.day < :stop)
    and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
    and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
    and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
    and (cast(:currency as text) is null or l.currency = :currency)
order by l.day, o.order_name, l.entry desc, l.line_no
