-- Distinct customers of the orders placed in the scope, one row a currency; orders without a known person are not counted.
-- Of one store without filters: the orders of a day whose customer's order before lies before the scope. Else by looking at
-- every order.
with chosen as (
    select slice_no, currency
    from slices
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and clock = 'both' and channel is not null and country is not null
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

sets as (
    select value_no
    from sold_values
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and dimension = 'categories'
        and cast(string_to_array(case when dimension = 'categories' then value end, ',') as integer[]) && array(
            select c.value_no
            from sold_values as c
            where c.dimension = 'category' and c.value = any(cast(:categories as text[]))
        )
),

-- grouped, because counting distinct ones would sort them
of_orders as (
    select s.currency, o.customer
    from sales_orders as o
    inner join chosen as s on o.slice_no = s.slice_no
    where
        not cast(:is_simple as boolean)
        and o.customer is not null
        and (cast(:start as date) is null or o.day >= :start)
        and (cast(:stop as date) is null or o.day < :stop)
        and (cast(:categories as text[]) is null or o.categories_no in (select m.value_no from sets as m))
    group by s.currency, o.customer
),

counted as (
    select
        currency,
        sum(customers) as customers
    from sales_customers_daily
    where
        cast(:is_simple as boolean)
        and store_id = any(cast(:store_ids as integer[]))
        and (cast(:start as date) is null or (day >= :start and (previous_day is null or previous_day < :start)))
        and (cast(:start as date) is not null or previous_day is null)
        and (cast(:stop as date) is null or day < :stop)
        and (cast(:currency as text) is null or currency = :currency)
    group by currency
    union all
    select
        currency,
        count(*) as customers
    from of_orders
    group by currency
)

select
    currency,
    cast(customers as bigint) as customers
from counted
