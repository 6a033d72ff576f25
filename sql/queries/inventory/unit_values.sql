-- One row a product of a store that is known by price, cost or sales: what a piece brought after discounts in the days, in the
-- currency that most of them were sold in, else the catalogue's price; and what it costs on the last of them, if that is known
-- in the same currency.
with chosen as (
    select
        slice_no,
        currency
    from slices
    where
        clock = 'both' and channel is not null and country is not null
        and store_id = :store_id
        and (cast(:currency as text) is null or currency = :currency)
),

sold as (
    select
        d.value_no,
        s.currency,
        sum(d.amount - coalesce(d.discount, 0)) as amount,
        sum(d.units) as units
    from sales_products_daily as d
    inner join chosen as s on d.slice_no = s.slice_no
    where d.slice_no = any(array(select c.slice_no from chosen as c)) and d.day >= :start and d.day < :stop
    group by d.value_no, s.currency
    having sum(d.units) > 0
),

most_sold as (
    select distinct on (value_no)
        value_no,
        currency,
        amount / units as price
    from sold
    order by value_no, units desc, currency
)

select
    p.product_key,
    coalesce(m.currency, p.currency, s.currency) as currency,
    coalesce(m.price, p.price) as price,
    c.unit_cost
from products as p
inner join stores as s on p.store_id = s.store_id
left join sold_values as v on p.store_id = v.store_id and v.dimension = 'product' and p.product_key = v.value
left join most_sold as m on v.value_no = m.value_no
left join product_costs as c
    on
        p.store_id = c.store_id and p.product_key = c.product_key
        and c.currency = coalesce(m.currency, p.currency, s.currency)
        and c.covers_from < :stop and c.covers_to >= :stop
where p.store_id = :store_id
order by p.product_key
