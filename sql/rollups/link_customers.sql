-- Customers whose orders came or went have another order before their next: found anew, with the days that this changes.
create temp table days_of_customers (day date) on commit drop;
with of_customers as (
    select
        o.ctid as place,
        o.previous_day,
        lag(o.day) over (
            partition by s.currency, o.customer order by o.day, o.slice_no, o.categories_no, o.vendors_no, o.ctid
        ) as right_day
    from sales_orders as o
    inner join slices as s on o.slice_no = s.slice_no
    where
        s.store_id = :store_id
        and o.customer in (
            select t.customer
            from orders_before as t
            union
            select n.customer
            from sales_orders as n
            where
                n.slice_no in (select m.slice_no from slices as m where m.store_id = :store_id)
                and n.day = any(cast(:days as date[]))
        )
),

linked as (
    update sales_orders as o
    set previous_day = f.right_day
    from of_customers as f
    where o.ctid = f.place and f.previous_day is distinct from f.right_day
    returning o.day
)

insert into days_of_customers (day)
select day
from linked
union
select unnest(cast(:days as date[])) as day;
delete from sales_customers_daily
where store_id = :store_id and day in (select day from days_of_customers);
insert into sales_customers_daily (store_id, currency, day, previous_day, customers)
select store_id, currency, day, previous_day, customers
from sales_customers_daily_now
where day in (select day from days_of_customers);
