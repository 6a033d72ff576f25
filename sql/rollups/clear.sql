-- Takes the touched days of one store, or all of them, out of the summaries by day.
delete from sales_daily
where store_id = :store_id and (cast(:everything as boolean) or day = any(cast(:days as date[])));
delete from sales_products_daily
where
    slice_no in (select slice_no from slices where store_id = :store_id)
    and (cast(:everything as boolean) or day = any(cast(:days as date[])));
delete from sales_categories_daily
where
    value_no in (select value_no from sold_values where store_id = :store_id and dimension = 'category')
    and slice_no in (select slice_no from slices where store_id = :store_id)
    and (cast(:everything as boolean) or day = any(cast(:days as date[])));
delete from sales_orders
where
    slice_no in (select slice_no from slices where store_id = :store_id)
    and (cast(:everything as boolean) or day = any(cast(:days as date[])));
delete from sales_documents_daily
where
    slice_no in (select slice_no from slices where store_id = :store_id)
    and (cast(:everything as boolean) or day = any(cast(:days as date[])));
delete from sales_hours_daily
where
    slice_no in (select slice_no from slices where store_id = :store_id)
    and (cast(:everything as boolean) or day = any(cast(:days as date[])));
delete from sales_returns
where
    slice_no in (select slice_no from slices where store_id = :store_id)
    and (cast(:everything as boolean) or day = any(cast(:days as date[])))
