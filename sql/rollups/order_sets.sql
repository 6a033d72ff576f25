-- The sets of categories and of brands in each order of the dated ledger, by their numbers, of what was sold on the order's
-- own day: an exchange brings a line, not an order.
create temp table order_sets on commit drop as
with lines as (
    select distinct slice_no, day, order_no, category_no, vendor_no
    from dated_ledger
    where entry = 'sale' and line_kind = 'product' and units > 0 and is_placed
)

select
    slice_no,
    day,
    order_no,
    string_agg(distinct cast(category_no as text), ',') as categories,
    string_agg(distinct cast(vendor_no as text), ',') as vendors
from lines
group by slice_no, day, order_no;
analyze order_sets;
insert into sold_values (store_id, dimension, value)
select :store_id, 'categories', categories
from order_sets
group by categories
union all
select :store_id, 'vendors', vendors
from order_sets
group by vendors
on conflict do nothing;
