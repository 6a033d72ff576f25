-- The touched days of goods and orders as they are before the refresh, with the category and the brand that products had;
-- nothing where all days are summed up anew.
create temp table products_before on commit drop as
select
    d.slice_no, d.day, d.value_no, v.category_no, v.vendor_no, d.orders, d.units, d.amount, d.discount, d.cost
from sales_products_daily as d
inner join sold_values as v on d.value_no = v.value_no
where
    not cast(:everything as boolean)
    and d.slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
    and d.day = any(cast(:days as date[]));
create temp table orders_before on commit drop as
select slice_no, day, categories_no, vendors_no, customer
from sales_orders
where
    not cast(:everything as boolean)
    and slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
    and day = any(cast(:days as date[]));
