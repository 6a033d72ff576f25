-- The customers of the scope: one row a currency with their counts, marked is_total, then the customers themselves, at most
-- `most` of them (null: all, 0: none), the one with most orders first. A customer is new if the first order ever lies in the
-- days; the customers export can tell of earlier orders that are in no file, if it is not newer than the orders.
with placed as (
    select
        o.store_id,
        o.currency,
        o.customer_key
    from counted_orders as o
    where
        (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and o.kind = 'order'
        and (cast(:start as date) is null or o.ordered_on >= :start)
        and (cast(:stop as date) is null or o.ordered_on < :stop)
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or o.currency = :currency)
        and (
            cast(:categories as text[]) is null
            or exists (
                select 1
                from order_items as i
                inner join product_aliases as a on i.store_id = a.store_id and i.alias_id = a.alias_id
                inner join products as p on a.store_id = p.store_id and a.product_key = p.product_key
                where
                    i.store_id = o.store_id and i.order_key = o.order_key and p.category = any(cast(:categories as text[]))
            )
        )
),

people as (
    select
        currency,
        customer_key,
        count(*) as orders
    from placed
    where customer_key is not null
    group by currency, customer_key
),

in_files as (
    select
        o.customer_key,
        min(o.ordered_on) filter (where c.order_key is not null) as first_ordered_on,
        count(c.order_key) as orders,
        count(*) as orders_counted_or_not
    from orders as o
    left join counted_orders as c on o.store_id = c.store_id and o.order_key = c.order_key
    where
        (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and o.kind = 'order'
        and o.customer_key in (select p.customer_key from people as p)
    group by o.customer_key
),

history as (
    select min(ordered_on) as starts_on
    from orders
    where kind = 'order' and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
),

files as (
    select
        max(as_of) filter (where format = any(cast(:orders as text[]))) as orders_as_of,
        max(as_of) filter (where format = any(cast(:people as text[]))) as people_as_of
    from imports
    where
        undone_at is null
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
),

told as (
    select
        c.customer_key,
        sum(c.orders) as orders,
        min(c.first_order_on) as first_order_on
    from customers as c
    cross join files as f
    where
        (cast(:store_ids as integer[]) is null or c.store_id = any(cast(:store_ids as integer[])))
        and f.people_as_of <= f.orders_as_of
    group by c.customer_key
),

known as (
    select
        p.currency,
        p.customer_key,
        p.orders,
        least(f.first_ordered_on, t.first_order_on) as first_ordered_on,
        greatest(f.orders, f.orders + t.orders - f.orders_counted_or_not) as orders_ever,
        t.orders is not null as is_told,
        coalesce(t.orders > f.orders_counted_or_not, false)
        or coalesce(least(f.first_ordered_on, t.first_order_on) < cast(:start as date), false) as is_returning
    from people as p
    inner join in_files as f on p.customer_key = f.customer_key
    left join told as t on p.customer_key = t.customer_key
),

chosen as (
    select *
    from known
    where
        case cast(:metric as text)
            when 'new_customers' then not is_returning
            when 'returning_customers' then is_returning
            when 'customers_of_several' then orders_ever > 1
            when 'repeat_customers' then orders > 1
            else true
        end
),

counted as (
    select
        currency,
        count(*) as customers,
        count(*) filter (where not is_returning) as new_customers,
        count(*) filter (where is_returning) as returning_customers,
        count(*) filter (where orders_ever > 1) as customers_of_several,
        count(*) filter (where orders > 1) as repeat_customers,
        count(*) filter (where is_told) as told_customers
    from chosen
    group by currency
),

listed as (
    select *
    from chosen
    order by orders desc, customer_key
    limit cast(:most as bigint)
)

select
    true as is_total,
    u.currency,
    coalesce(c.customers, 0) as customers,
    coalesce(c.new_customers, 0) as new_customers,
    coalesce(c.returning_customers, 0) as returning_customers,
    coalesce(c.customers_of_several, 0) as customers_of_several,
    coalesce(c.repeat_customers, 0) as repeat_customers,
    coalesce(c.told_customers, 0) as told_customers,
    u.unknown_orders,
    h.starts_on as history_starts_on,
    null as customer,
    null as orders,
    null as orders_ever,
    null as first_ordered_on
from (
    select
        currency,
        count(*) filter (where customer_key is null) as unknown_orders
    from placed
    group by currency
) as u
cross join history as h
left join counted as c on u.currency = c.currency
union all
select
    false as is_total,
    currency,
    1 as customers,
    cast(not is_returning as integer) as new_customers,
    cast(is_returning as integer) as returning_customers,
    cast(orders_ever > 1 as integer) as customers_of_several,
    cast(orders > 1 as integer) as repeat_customers,
    cast(is_told as integer) as told_customers,
    0 as unknown_orders,
    null as history_starts_on,
    customer_key as customer,
    orders,
    orders_ever,
    first_ordered_on
from listed
order by is_total desc, currency, orders desc, customer
