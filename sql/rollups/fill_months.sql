-- The months of the touched days of one store, or all of them, summed up anew from the summaries by day.
delete from sales_monthly
where store_id = :store_id and (cast(:everything as boolean) or month = any(cast(:months as date[])));
insert into sales_monthly (
    store_id, month, clock, currency, channel, country, entry, kind, line_kind, rows, units, amount, discount, covered, cost
)
select
    :store_id, month, clock, currency, channel, country, entry, kind, line_kind, rows, units, amount, discount, covered, cost
from sales_monthly_now;
delete from sales_vendors_monthly
where
    slice_no in (select slice_no from slices where store_id = :store_id)
    and (cast(:everything as boolean) or month = any(cast(:months as date[])));
insert into sales_vendors_monthly (slice_no, month, value_no, days, nets)
select slice_no, month, value_no, days, nets
from sales_vendors_monthly_now
order by value_no, slice_no, month
