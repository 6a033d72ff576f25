-- Rows of the summaries of contribution of one store that are not what the facts say, missing and superfluous ones included.
select
    'contribution_daily' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select
        slice_no, day, known, net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee,
        payment_fee, marketplace_fee, estimated
    from contribution_daily
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
    except all
    select
        slice_no, day, known, net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee,
        payment_fee, marketplace_fee, estimated
    from contribution_daily_now
) as x
union all
select
    'contribution_daily' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select
        slice_no, day, known, net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee,
        payment_fee, marketplace_fee, estimated
    from contribution_daily_now
    except all
    select
        slice_no, day, known, net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee,
        payment_fee, marketplace_fee, estimated
    from contribution_daily
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
) as x
union all
select
    'contribution_products_daily' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select
        slice_no, day, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack,
        fulfilment_fee, payment_fee, marketplace_fee, estimated
    from contribution_products_daily
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
    except all
    select
        slice_no, day, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack,
        fulfilment_fee, payment_fee, marketplace_fee, estimated
    from contribution_products_daily_now
) as x
union all
select
    'contribution_products_daily' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select
        slice_no, day, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack,
        fulfilment_fee, payment_fee, marketplace_fee, estimated
    from contribution_products_daily_now
    except all
    select
        slice_no, day, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack,
        fulfilment_fee, payment_fee, marketplace_fee, estimated
    from contribution_products_daily
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
) as x
union all
select
    'contribution_orders' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select
        slice_no, day, order_key, known, net, landed_cost, shipping, label, return_label, pick_pack,
        fulfilment_fee, payment_fee, marketplace_fee, estimated
    from contribution_orders
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
    except all
    select
        slice_no, day, order_key, known, net, landed_cost, shipping, label, return_label, pick_pack,
        fulfilment_fee, payment_fee, marketplace_fee, estimated
    from contribution_orders_now
) as x
union all
select
    'contribution_orders' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select
        slice_no, day, order_key, known, net, landed_cost, shipping, label, return_label, pick_pack,
        fulfilment_fee, payment_fee, marketplace_fee, estimated
    from contribution_orders_now
    except all
    select
        slice_no, day, order_key, known, net, landed_cost, shipping, label, return_label, pick_pack,
        fulfilment_fee, payment_fee, marketplace_fee, estimated
    from contribution_orders
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
) as x
union all
select
    'contribution_fees_daily' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select
        day, currency, cost_kind, amount
    from contribution_fees_daily
    where store_id = :store_id
    except all
    select
        day, currency, cost_kind, amount
    from contribution_fees_daily_now
) as x
union all
select
    'contribution_fees_daily' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select
        day, currency, cost_kind, amount
    from contribution_fees_daily_now
    except all
    select
        day, currency, cost_kind, amount
    from contribution_fees_daily
    where store_id = :store_id
) as x
order by summary, side, row
