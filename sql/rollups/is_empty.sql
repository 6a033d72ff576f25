-- Whether no store has been summed up yet.
select
    not exists (select 1 from sales_daily) and not exists (select 1 from sales_products_daily)
    and not exists (select 1 from sales_orders) and not exists (select 1 from sales_documents_daily) as is_empty
