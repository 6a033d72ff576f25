-- Rows of the summaries of one store that are not what the ledger says, missing and superfluous ones included.
with kept_sales_daily as (
    select
        store_id, day, clock, currency, channel, country, entry, kind, line_kind, rows, units, amount, discount,
        covered, cost
    from sales_daily
    where store_id = :store_id
),

computed_sales_daily as (
    select
        store_id, day, clock, currency, channel, country, entry, kind, line_kind, rows, units, amount, discount,
        covered, cost
    from sales_daily_now
),

kept_sales_monthly as (
    select
        month, clock, currency, channel, country, entry, kind, line_kind, rows, units, amount, discount, covered, cost
    from sales_monthly
    where store_id = :store_id
),

computed_sales_monthly as (
    select
        month, clock, currency, channel, country, entry, kind, line_kind, rows, units, amount, discount, covered, cost
    from sales_monthly_now
),

kept_sales_products_daily as (
    select
        slice_no, day, value_no, orders, units, amount, discount, cost
    from sales_products_daily
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
),

computed_sales_products_daily as (
    select
        slice_no, day, value_no, orders, units, amount, discount, cost
    from sales_products_daily_now
),

kept_sales_goods_periods as (
    select
        slice_no, period, value_no, orders, units, amount, discount, uncovered, cost
    from sales_goods_periods
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
),

computed_sales_goods_periods as (
    select
        slice_no, period, value_no, orders, units, amount, discount, uncovered, cost
    from sales_goods_periods_now
),

kept_sales_categories_daily as (
    select
        slice_no, day, value_no, units, amount, discount, covered, cost, orders
    from sales_categories_daily
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
),

computed_sales_categories_daily as (
    select
        slice_no, day, value_no, units, amount, discount, covered, cost, orders
    from sales_categories_daily_now
),

kept_sales_vendors_monthly as (
    select slice_no, month, value_no, days, nets
    from sales_vendors_monthly
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
),

computed_sales_vendors_monthly as (
    select slice_no, month, value_no, days, nets
    from sales_vendors_monthly_now
),

kept_sales_orders as (
    select
        slice_no, day, previous_day, categories_no, vendors_no, customer
    from sales_orders
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
),

computed_sales_orders as (
    select
        slice_no, day, previous_day, categories_no, vendors_no, customer
    from sales_orders_now
),

kept_sales_documents_daily as (
    select slice_no, day, documents_total, difference, tax_inside, taken_back_later
    from sales_documents_daily
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
),

computed_sales_documents_daily as (
    select slice_no, day, documents_total, difference, tax_inside, taken_back_later
    from sales_documents_daily_now
),

kept_sales_hours_daily as (
    select slice_no, day, hour, orders, units, net
    from sales_hours_daily
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
),

computed_sales_hours_daily as (
    select slice_no, day, hour, orders, units, net
    from sales_hours_daily_now
),

kept_sales_customers_daily as (
    select
        store_id, currency, day, previous_day, customers
    from sales_customers_daily
    where store_id = :store_id
),

computed_sales_customers_daily as (
    select
        store_id, currency, day, previous_day, customers
    from sales_customers_daily_now
),

kept_sales_returns as (
    select slice_no, day, value_no, days, kind_no, is_known, order_no, units, amount
    from sales_returns
    where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
),

computed_sales_returns as (
    select slice_no, day, value_no, days, kind_no, is_known, order_no, units, amount
    from sales_returns_now
)

select
    'sales_daily' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_sales_daily
    except all
    select * from computed_sales_daily
) as x
union all
select
    'sales_daily' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_sales_daily
    except all
    select * from kept_sales_daily
) as x
union all
select
    'sales_monthly' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_sales_monthly
    except all
    select * from computed_sales_monthly
) as x
union all
select
    'sales_monthly' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_sales_monthly
    except all
    select * from kept_sales_monthly
) as x
union all
select
    'sales_products_daily' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_sales_products_daily
    except all
    select * from computed_sales_products_daily
) as x
union all
select
    'sales_products_daily' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_sales_products_daily
    except all
    select * from kept_sales_products_daily
) as x
union all
select
    'sales_goods_periods' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_sales_goods_periods
    except all
    select * from computed_sales_goods_periods
) as x
union all
select
    'sales_goods_periods' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_sales_goods_periods
    except all
    select * from kept_sales_goods_periods
) as x
union all
select
    'sales_categories_daily' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_sales_categories_daily
    except all
    select * from computed_sales_categories_daily
) as x
union all
select
    'sales_categories_daily' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_sales_categories_daily
    except all
    select * from kept_sales_categories_daily
) as x
union all
select
    'sales_orders' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_sales_orders
    except all
    select * from computed_sales_orders
) as x
union all
select
    'sales_orders' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_sales_orders
    except all
    select * from kept_sales_orders
) as x
union all
select
    'sales_documents_daily' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_sales_documents_daily
    except all
    select * from computed_sales_documents_daily
) as x
union all
select
    'sales_documents_daily' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_sales_documents_daily
    except all
    select * from kept_sales_documents_daily
) as x
union all
select
    'sales_hours_daily' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_sales_hours_daily
    except all
    select * from computed_sales_hours_daily
) as x
union all
select
    'sales_hours_daily' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_sales_hours_daily
    except all
    select * from kept_sales_hours_daily
) as x
union all
select
    'sales_vendors_monthly' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_sales_vendors_monthly
    except all
    select * from computed_sales_vendors_monthly
) as x
union all
select
    'sales_vendors_monthly' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_sales_vendors_monthly
    except all
    select * from kept_sales_vendors_monthly
) as x
union all
select
    'sales_customers_daily' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_sales_customers_daily
    except all
    select * from computed_sales_customers_daily
) as x
union all
select
    'sales_customers_daily' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_sales_customers_daily
    except all
    select * from kept_sales_customers_daily
) as x
union all
select
    'sales_returns' as summary,
    'kept' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from kept_sales_returns
    except all
    select * from computed_sales_returns
) as x
union all
select
    'sales_returns' as summary,
    'computed' as side,
    cast(to_jsonb(x) as text) as row
from (
    select * from computed_sales_returns
    except all
    select * from kept_sales_returns
) as x
order by summary, side, row
