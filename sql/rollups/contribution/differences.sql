-- Rows of the summaries of contribution of one store that are not what the facts say, missing and superfluous ones included.
with kept_contribution_daily as (
    select
        slice_no, day, known, net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee,
        payment_fee, marketplace_fee, estimated
    from contribution_daily
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
),

computed_contribution_daily as (
    select
        slice_no, day, known, net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee,
        payment_fee, marketplace_fee, estimated
    from contribution_daily_now
),

kept_contribution_products_daily as (
    select
        slice_no, day, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee,
        payment_fee, marketplace_fee, estimated
    from contribution_products_daily
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
),

computed_contribution_products_daily as (
    select
        slice_no, day, value_no, known, net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee,
        payment_fee, marketplace_fee, estimated
    from contribution_products_daily_now
),

kept_contribution_orders as (
    select
        slice_no, day, order_key, known, net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee,
        payment_fee, marketplace_fee, estimated
    from contribution_orders
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
),

computed_contribution_orders as (
    select
        slice_no, day, order_key, known, net, landed_cost, shipping, label, return_label, pick_pack, fulfilment_fee,
        payment_fee, marketplace_fee, estimated
    from contribution_orders_now
),

kept_contribution_fees_daily as (
    select
        day, currency, cost_kind, amount
    from contribution_fees_daily
    where store_id = :store_id
),

computed_contribution_fees_daily as (
    select
        day, currency, cost_kind, amount
    from contribution_fees_daily_now
),

kept_contribution_periods as (
    select
        slice_no, period, value_no, known,
        coalesce(whole_sum(net), 0) as net,
        coalesce(whole_sum(landed_cost), 0) as landed_cost,
        coalesce(whole_sum(shipping), 0) as shipping,
        coalesce(whole_sum(label), 0) as label,
        coalesce(whole_sum(return_label), 0) as return_label,
        coalesce(whole_sum(pick_pack), 0) as pick_pack,
        coalesce(whole_sum(fulfilment_fee), 0) as fulfilment_fee,
        coalesce(whole_sum(payment_fee), 0) as payment_fee,
        coalesce(whole_sum(marketplace_fee), 0) as marketplace_fee,
        coalesce(whole_sum(estimated), 0) as estimated
    from contribution_periods
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
    group by slice_no, period, value_no, known
    having coalesce(whole_sum(net), 0) <> 0
        or coalesce(whole_sum(landed_cost), 0) <> 0
        or coalesce(whole_sum(shipping), 0) <> 0
        or coalesce(whole_sum(label), 0) <> 0
        or coalesce(whole_sum(return_label), 0) <> 0
        or coalesce(whole_sum(pick_pack), 0) <> 0
        or coalesce(whole_sum(fulfilment_fee), 0) <> 0
        or coalesce(whole_sum(payment_fee), 0) <> 0
        or coalesce(whole_sum(marketplace_fee), 0) <> 0
        or coalesce(whole_sum(estimated), 0) <> 0
),

computed_contribution_periods as (
    select
        slice_no, period, value_no, known,
        coalesce(whole_sum(net), 0) as net,
        coalesce(whole_sum(landed_cost), 0) as landed_cost,
        coalesce(whole_sum(shipping), 0) as shipping,
        coalesce(whole_sum(label), 0) as label,
        coalesce(whole_sum(return_label), 0) as return_label,
        coalesce(whole_sum(pick_pack), 0) as pick_pack,
        coalesce(whole_sum(fulfilment_fee), 0) as fulfilment_fee,
        coalesce(whole_sum(payment_fee), 0) as payment_fee,
        coalesce(whole_sum(marketplace_fee), 0) as marketplace_fee,
        coalesce(whole_sum(estimated), 0) as estimated
    from contribution_periods_now
    group by slice_no, period, value_no, known
    having coalesce(whole_sum(net), 0) <> 0
        or coalesce(whole_sum(landed_cost), 0) <> 0
        or coalesce(whole_sum(shipping), 0) <> 0
        or coalesce(whole_sum(label), 0) <> 0
        or coalesce(whole_sum(return_label), 0) <> 0
        or coalesce(whole_sum(pick_pack), 0) <> 0
        or coalesce(whole_sum(fulfilment_fee), 0) <> 0
        or coalesce(whole_sum(payment_fee), 0) <> 0
        or coalesce(whole_sum(marketplace_fee), 0) <> 0
        or coalesce(whole_sum(estimated), 0) <> 0
)

select
    'contribution_daily' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_contribution_daily
    except all
    select * from computed_contribution_daily
) as x
union all
select
    'contribution_daily' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_contribution_daily
    except all
    select * from kept_contribution_daily
) as x
union all
select
    'contribution_products_daily' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_contribution_products_daily
    except all
    select * from computed_contribution_products_daily
) as x
union all
select
    'contribution_products_daily' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_contribution_products_daily
    except all
    select * from kept_contribution_products_daily
) as x
union all
select
    'contribution_orders' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_contribution_orders
    except all
    select * from computed_contribution_orders
) as x
union all
select
    'contribution_orders' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_contribution_orders
    except all
    select * from kept_contribution_orders
) as x
union all
select
    'contribution_fees_daily' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_contribution_fees_daily
    except all
    select * from computed_contribution_fees_daily
) as x
union all
select
    'contribution_fees_daily' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_contribution_fees_daily
    except all
    select * from kept_contribution_fees_daily
) as x
union all
select
    'contribution_periods' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_contribution_periods
    except all
    select * from computed_contribution_periods
) as x
union all
select
    'contribution_periods' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_contribution_periods
    except all
    select * from kept_contribution_periods
) as x
order by summary, side, row
