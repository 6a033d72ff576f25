-- One row a kind of cost, and one a group of kinds (is_group): of how many orders of these days a file has a line of it, for how
-- many only a rule says what it costs, and for how many nobody does. An order that cost its buyer nothing has no selling fee;
-- packing alone does not say what sending costs where the store is told of carriage.
with asked as materialized (
    select
        o.store_id,
        o.order_key,
        o.document_total <> 0 or o.refunded <> 0 as is_paid
    from counted_orders as o
    where
        o.kind = 'order'
        and (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or o.ordered_on >= :start)
        and (cast(:stop as date) is null or o.ordered_on < :stop)
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or o.currency = :currency)
),

kinds as (
    select *
    from (
        values
        ('selling_fees', 'payment_fee', 1), ('selling_fees', 'marketplace_fee', 2), ('sending', 'label', 3),
        ('sending', 'pick_pack', 4), ('sending', 'fulfilment_fee', 5)
    ) as known (cost_group, cost_kind, place)
),

told as (
    select distinct
        f.store_id,
        f.order_key,
        f.cost_kind,
        true as is_line
    from fees_counted as f
    where
        not f.is_refund
        and f.store_id = any(array(select a.store_id from asked as a))
        and f.order_key = any(array(select a.order_key from asked as a))
    union all
    select
        e.store_id,
        e.order_key,
        e.cost_kind,
        false as is_line
    from estimated_costs as e
    where
        e.store_id = any(array(select a.store_id from asked as a))
        and e.order_key = any(array(select a.order_key from asked as a))
),

-- What is known of each order and kind, and of each group: the best of its kinds.
known as (
    select
        t.store_id,
        t.order_key,
        k.cost_group,
        k.cost_kind,
        bool_or(t.is_line) as has_line
    from told as t
    inner join kinds as k on t.cost_kind = k.cost_kind
    inner join asked as a on t.store_id = a.store_id and t.order_key = a.order_key
    where a.is_paid or k.cost_group <> 'selling_fees'
    group by t.store_id, t.order_key, k.cost_group, k.cost_kind
    union all
    select
        t.store_id,
        t.order_key,
        k.cost_group,
        null as cost_kind,
        bool_or(t.is_line) as has_line
    from told as t
    inner join kinds as k on t.cost_kind = k.cost_kind
    inner join asked as a on t.store_id = a.store_id and t.order_key = a.order_key
    left join contribution_stores as s on t.store_id = s.store_id
    where
        (a.is_paid or k.cost_group <> 'selling_fees')
        and not (t.cost_kind = 'pick_pack' and coalesce(s.has_carriage, false))
    group by t.store_id, t.order_key, k.cost_group
),

wanted as (
    select
        cost_group,
        cost_kind,
        place,
        false as is_group
    from kinds
    union all
    select
        cost_group,
        null as cost_kind,
        min(place) - 0.5 as place,
        true as is_group
    from kinds
    group by cost_group
),

orders_of as (
    select
        count(*) as orders,
        count(*) filter (where is_paid) as paid
    from asked
)

select
    w.cost_group,
    coalesce(w.cost_kind, w.cost_group) as cost,
    w.is_group,
    case when w.cost_group = 'selling_fees' then o.paid else o.orders end as orders,
    count(k.order_key) filter (where k.has_line) as with_lines,
    count(k.order_key) filter (where not k.has_line) as with_estimate
from wanted as w
cross join orders_of as o
left join known as k on w.cost_group = k.cost_group and w.cost_kind is not distinct from k.cost_kind
where o.orders > 0
group by w.cost_group, w.cost_kind, w.is_group, w.place, o.orders, o.paid
order by w.place
