-- One row a rule that holds for orders of these days: how many, what it says that they cost (in the rule's own currency), and for
-- how many of them a file has a line of that kind, which then counts instead.
with asked as materialized (
    select
        o.store_id,
        o.order_key
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

estimated as (
    select e.*
    from estimated_costs as e
    where
        e.store_id = any(array(select a.store_id from asked as a))
        and e.order_key = any(array(select a.order_key from asked as a))
),

lines as (
    select distinct
        f.store_id,
        f.order_key,
        f.cost_kind
    from fees_counted as f
    where
        not f.is_refund
        and f.store_id = any(array(select a.store_id from asked as a))
        and f.order_key = any(array(select a.order_key from asked as a))
)

select
    s.name as store,
    e.rule_no,
    count(*) as orders,
    sum(e.amount) as rule_cost,
    count(l.order_key) as orders_with_lines
from estimated as e
inner join stores as s on e.store_id = s.store_id
left join lines as l on e.store_id = l.store_id and e.order_key = l.order_key and e.cost_kind = l.cost_kind
group by s.name, e.rule_no
order by s.name, e.rule_no
