-- Takes the summaries for this transaction alone if no store has been summed up yet; says whether they are empty and its own.
-- At once or not at all: whoever reads one may be about to read what this transaction holds already, and each would wait for
-- the other.
do $$
begin
    if not exists (select 1 from sales_daily) and not exists (select 1 from sales_products_daily)
        and not exists (select 1 from sales_orders) and not exists (select 1 from sales_documents_daily)
    then
        lock table sales_daily, sales_monthly, sales_products_daily, sales_goods_periods, sales_categories_daily, sales_orders,
            sales_documents_daily, sales_hours_daily, sales_customers_daily, sales_vendors_monthly, sales_returns
            in access exclusive mode nowait;
    end if;
exception
    when lock_not_available then null;
end
$$;
select
    count(*) = 11
    and not exists (select 1 from sales_daily) and not exists (select 1 from sales_products_daily)
    and not exists (select 1 from sales_orders) and not exists (select 1 from sales_documents_daily) as is_taken
from pg_locks
where
    pid = pg_backend_pid() and mode = 'AccessExclusiveLock'
    and relation in (
        cast('sales_daily' as regclass), cast('sales_monthly' as regclass), cast('sales_products_daily' as regclass),
        cast('sales_goods_periods' as regclass), cast('sales_categories_daily' as regclass), cast('sales_orders' as regclass),
        cast('sales_documents_daily' as regclass), cast('sales_hours_daily' as regclass),
        cast('sales_customers_daily' as regclass), cast('sales_vendors_monthly' as regclass),
        cast('sales_returns' as regclass)
    )
