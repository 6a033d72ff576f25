-- What was made of the reversals of each order; and the column by which a file may know when an order was last changed.
create or replace table print_of_reversals as
select
    order_key,
    cast(
        fingerprint(
            concat_ws('|', part_no, kind, line_kind, booked_at, ordered_on, original_order_key, units, amount, inferred_from, is_date_assumed)
        ) as varchar
    ) as read_as
from reversals_new
group by order_key;
alter table orders_new add column if not exists as_of date;
