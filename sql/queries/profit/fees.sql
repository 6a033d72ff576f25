-- The lines of costs behind the numbers, one row a fee of a file or a rule's estimate of an order, the newest first: each on the
-- day on which it counts, with its order. What a file tells of goes before what a rule says, kind by kind.
with charged as (
    select
        f.store_id,
        o.order_key,
        coalesce(o.order_name, f.order_name) as order_name,
        f.sku,
        f.cost_kind,
        f.is_refund or f.cost_kind = 'return_label' as is_refund,
        case
            when o.order_key is null then f.happened_on
            when :basis = 'refund_date' and (f.is_refund or f.cost_kind = 'return_label') then f.happened_on
            else o.ordered_on
        end as day,
        f.happened_on,
        f.currency,
        o.channel,
        o.country,
        f.amount,
        f.source
    from fees_counted as f
    left join counted_orders as o on f.store_id = o.store_id and f.order_key = o.order_key and f.currency = o.currency
    where
        f.cost_kind <> 'advertising'
        and (cast(:store_ids as integer[]) is null or f.store_id = any(cast(:store_ids as integer[])))
),

estimated as (
    select
        e.store_id,
        e.order_key,
        o.order_name,
        null as sku,
        e.cost_kind,
        false as is_refund,
        o.ordered_on as day,
        o.ordered_on as happened_on,
        e.currency,
        o.channel,
        o.country,
        e.amount,
        'rule' as source
    from estimated_costs as e
    inner join counted_orders as o on e.store_id = o.store_id and e.order_key = o.order_key
    where
        (cast(:store_ids as integer[]) is null or e.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or o.ordered_on >= :start)
        and (cast(:stop as date) is null or o.ordered_on < :stop)
        and not exists (
            select 1
            from fees_counted as f
            where
                f.store_id = e.store_id and f.order_key = e.order_key and f.cost_kind = e.cost_kind
                and f.currency = e.currency and not f.is_refund
        )
)

select
    s.name as store,
    c.day,
    c.cost_kind,
    c.amount,
    c.currency,
    c.order_name,
    c.sku,
    c.source,
    c.source = 'rule' as is_estimated,
    c.is_refund,
    c.happened_on,
    c.order_key is null as is_of_no_order,
    c.channel,
    c.country
from (
    select * from charged
    union all
    select * from estimated
) as c
inner join stores as s on c.store_id = s.store_id
where
    (cast(:start as date) is null or c.day >= :start)
    and (cast(:stop as date) is null or c.day < :stop)
    and (cast(:channels as text[]) is null or c.channel = any(cast(:channels as text[])))
    and (cast(:countries as text[]) is null or c.country = any(cast(:countries as text[])))
    and (cast(:currency as text) is null or c.currency = :currency)
    and (cast(:cost_kind as text) is null or c.cost_kind = :cost_kind)
order by c.day desc, c.order_name desc nulls last, c.cost_kind, c.amount
limit :most
