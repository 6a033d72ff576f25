-- The orders that have anything on the days asked for (none where all are), their goods and shipping, one row an entry of the
-- ledger, and the weights by which an amount of an order is spread over its goods: one row an order and product, as the order was
-- placed, by value, or in equal parts where all of it is worth nothing. An array of keys finds lines by index.
create temp table contribution_asked on commit drop as
select l.sold_in as order_key
from ledger as l
where
    l.store_id = :store_id and not cast(:everything as boolean) and l.entry <> 'reversal'
    and l.ordered_on = any(array(select d.day from contribution_days as d))
union
select l.sold_in as order_key
from ledger as l
where
    l.store_id = :store_id and not cast(:everything as boolean) and l.entry = 'reversal'
    and (
        l.ordered_on = any(array(select d.day from contribution_days as d))
        or l.booked_on = any(array(select d.day from contribution_days as d))
    )
union
select f.order_key
from fees_counted as f
where
    f.store_id = :store_id and not cast(:everything as boolean) and f.is_refund and f.order_key is not null
    and f.happened_on in (select d.day from contribution_days as d);
analyze contribution_asked;
create temp table contribution_entries on commit drop as
select
    l.sold_in as order_key,
    l.entry,
    l.line_kind,
    l.line_no,
    v.value_no as product_no,
    l.ordered_on,
    l.booked_on,
    l.ordered_on = l.placed_on as is_placed,
    l.currency,
    l.channel,
    l.country,
    case l.entry when 'reversal' then -l.amount else l.amount - l.discount end as net,
    case l.entry when 'reversal' then -l.landed_cost else l.landed_cost end as landed_cost
from (
    select *
    from ledger
    where
        store_id = :store_id and entry <> 'reversal' and line_kind in ('product', 'discount', 'shipping')
        and (cast(:everything as boolean) or sold_in = any(array(select a.order_key from contribution_asked as a)))
    union all
    select *
    from ledger
    where
        store_id = :store_id and entry = 'reversal' and line_kind in ('product', 'discount', 'shipping')
        and (
            cast(:everything as boolean)
            or ordered_on = any(array(select d.day from contribution_days as d))
            or booked_on = any(array(select d.day from contribution_days as d))
        )
) as l
left join sold_values as v on v.store_id = :store_id and v.dimension = 'product' and coalesce(l.product_key, '') = v.value;
analyze contribution_entries;
create temp table contribution_weights on commit drop as
with sold as (
    select
        order_key,
        product_no,
        min(line_no) as place,
        sum(greatest(0, net)) as value,
        bool_and(landed_cost is not null) as has_cost
    from contribution_entries
    where entry = 'sale' and line_kind = 'product' and is_placed
    group by order_key, product_no
),

weighed as (
    select
        *,
        case when sum(value) over (partition by order_key) = 0 then 1 else value end as weight
    from sold
)

select
    order_key,
    product_no,
    has_cost,
    bool_and(has_cost) over (partition by order_key) as has_all_costs,
    sum(weight) over (partition by order_key order by place, product_no) - weight as since,
    sum(weight) over (partition by order_key order by place, product_no) as till,
    sum(weight) over (partition by order_key) as whole
from weighed;
analyze contribution_weights
