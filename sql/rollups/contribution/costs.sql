-- What files and rules say that the orders asked for cost, one row an order, product (null: all of the order) and kind; what
-- belongs to a refund stands apart, on its own day. A file's line goes before a rule, kind by kind. Then what is known of each
-- order: fees of selling (2), which are none for an order of nothing, and sending (4), of which packing alone says nothing where
-- the store is told of carriage.
select set_config('enable_nestloop', 'on', true); -- the rules are looked up order by order
create temp table contribution_estimates on commit drop as
select
    order_key,
    cost_kind,
    amount
from estimated_costs
where
    store_id = :store_id
    and (cast(:everything as boolean) or order_key = any(array(select a.order_key from contribution_asked as a)));
select set_config('enable_nestloop', 'off', true)
where cast(:everything as boolean);
create temp table contribution_costs on commit drop as
with codes as (
    select
        a.sku,
        min(v.value_no) as product_no
    from product_aliases as a
    inner join sold_values as v on v.store_id = :store_id and v.dimension = 'product' and a.product_key = v.value
    where a.store_id = :store_id and a.sku <> ''
    group by 1
    having count(distinct v.value_no) = 1
),

charged as (
    select
        f.order_key,
        c.product_no,
        f.cost_kind,
        f.is_refund or f.cost_kind = 'return_label' as is_refund,
        case when f.is_refund or f.cost_kind = 'return_label' then f.happened_on end as happened_on,
        sum(f.amount) as amount
    from fees_counted as f
    inner join counted_orders as o on f.store_id = o.store_id and f.order_key = o.order_key and f.currency = o.currency
    left join codes as c on f.sku = c.sku
    where
        f.store_id = :store_id
        and f.cost_kind in (
            'payment_fee', 'marketplace_fee', 'fulfilment_fee', 'label', 'pick_pack', 'return_label'
        )
        and (cast(:everything as boolean) or f.order_key = any(array(select a.order_key from contribution_asked as a)))
    group by 1, 2, 3, 4, 5
),

placed as (
    select
        c.order_key,
        case when w.product_no is not null then c.product_no end as product_no,
        c.cost_kind,
        c.is_refund,
        c.happened_on,
        false as is_estimated,
        c.amount
    from charged as c
    left join contribution_weights as w on c.order_key = w.order_key and c.product_no = w.product_no
)

select *
from placed
union all
select
    e.order_key,
    null as product_no,
    e.cost_kind,
    false as is_refund,
    null as happened_on,
    true as is_estimated,
    e.amount
from contribution_estimates as e
left join (
    select distinct
        order_key,
        cost_kind
    from placed
    where not is_refund
) as p on e.order_key = p.order_key and e.cost_kind = p.cost_kind
where p.order_key is null;
analyze contribution_costs;
create temp table contribution_known on commit drop as
with told as (
    select
        order_key,
        bool_or(cost_kind in ('payment_fee', 'marketplace_fee')) as has_selling,
        bool_or(
            cost_kind in ('label', 'fulfilment_fee') or (cost_kind = 'pick_pack' and not cast(:has_carriage as boolean))
        ) as has_sending
    from contribution_costs
    where not is_refund
    group by 1
)

select
    o.order_key,
    o.ordered_on,
    o.currency,
    o.channel,
    o.country,
    case when coalesce(t.has_selling, false) or (o.document_total = 0 and o.refunded = 0 and o.kind = 'order') then 2 else 0 end
    + case when t.has_sending then 4 else 0 end as known
from counted_orders as o
left join told as t on o.order_key = t.order_key
where
    o.store_id = :store_id
    and (cast(:everything as boolean) or o.order_key = any(array(select a.order_key from contribution_asked as a)));
analyze contribution_known
