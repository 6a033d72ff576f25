-- A file that does not speak of refunds: no reversals, and nothing to notice about them.
create or replace table reversals_new as
select
    '' as order_key,
    0 as part_no,
    '' as sku,
    '' as title,
    '' as kind,
    '' as line_kind,
    cast(null as timestamp) as booked_at,
    cast(null as date) as ordered_on,
    cast(null as varchar) as original_order_key,
    cast(null as decimal(18, 6)) as units,
    cast(null as decimal(18, 6)) as unit_price,
    cast(null as decimal(18, 4)) as amount,
    cast(null as boolean) as is_restocked,
    cast(null as varchar) as inferred_from,
    false as is_date_assumed
where false;

create or replace table file_notices as
select
    '' as notice,
    0 as value
where false;

alter table orders_new drop column head;
alter table items_new drop column head;
