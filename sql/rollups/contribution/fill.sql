-- Fills the summaries of contribution; rows of one slice lie together, in the order of days.
insert into contribution_daily (
    slice_no, day, known, net, landed_cost, shipping, label, return_label, pick_pack,
    fulfilment_fee, payment_fee, marketplace_fee, estimated
)
select
    slice_no, day, known, net, landed_cost, shipping, label, return_label, pick_pack,
    fulfilment_fee, payment_fee, marketplace_fee, estimated
from contribution_daily_now
order by slice_no, day;
insert into contribution_products_daily (
    slice_no, day, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack,
    fulfilment_fee, payment_fee, marketplace_fee, estimated
)
select
    slice_no, day, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack,
    fulfilment_fee, payment_fee, marketplace_fee, estimated
from contribution_products_daily_now
order by slice_no, day;
insert into contribution_orders (
    slice_no, day, order_key, known, net, landed_cost, shipping, label, return_label, pick_pack,
    fulfilment_fee, payment_fee, marketplace_fee, estimated
)
select
    slice_no, day, order_key, known, net, landed_cost, shipping, label, return_label, pick_pack,
    fulfilment_fee, payment_fee, marketplace_fee, estimated
from contribution_orders_now
order by slice_no, day;
insert into contribution_periods (
    slice_no, period, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack,
    fulfilment_fee, payment_fee, marketplace_fee, estimated
)
select
    slice_no, period, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack,
    fulfilment_fee, payment_fee, marketplace_fee, estimated
from contribution_periods_now
where
    (net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee, payment_fee, marketplace_fee)
    is distinct from (null, null, null, null, null, null, null, null, null)
order by slice_no, period;
insert into contribution_fees_daily (store_id, day, currency, cost_kind, amount)
select :store_id, day, currency, cost_kind, amount
from contribution_fees_daily_now
