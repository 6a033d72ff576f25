-- Each order of the dated ledger: the hour of its first line of the day, and the sets of categories and of brands in it, by
-- their numbers, of what was sold on the order's own day: an exchange brings a line, not an order.
create temp table order_sets on commit drop as
with lines as (
    select
        slice_no,
        day,
        order_no,
        category_no,
        vendor_no,
        min(hour) as hour,
        bool_or(is_sold and units > 0) as is_sold
    from dated_ledger
    where entry = 'sale'
    group by order_no, slice_no, day, category_no, vendor_no
)

select
    slice_no,
    day,
    order_no,
    min(hour) as hour,
    string_agg(distinct cast(category_no as text), ',') filter (where is_sold) as categories,
    string_agg(distinct cast(vendor_no as text), ',') filter (where is_sold) as vendors
from lines
group by order_no, slice_no, day;
analyze order_sets;
insert into sold_values (store_id, dimension, value)
select :store_id, 'categories', categories
from order_sets
where categories is not null
group by categories
union all
select :store_id, 'vendors', vendors
from order_sets
where vendors is not null
group by vendors
on conflict do nothing;
