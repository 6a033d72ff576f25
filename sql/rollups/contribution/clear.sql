-- Takes the days asked for, or all of a store's, out of the summaries of contribution; what belongs to no order goes as a whole.
delete from contribution_daily
where
    slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
    and (cast(:everything as boolean) or day in (select d.day from contribution_days as d));
delete from contribution_products_daily
where
    slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
    and (cast(:everything as boolean) or day in (select d.day from contribution_days as d));
delete from contribution_orders
where
    slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
    and (cast(:everything as boolean) or day in (select d.day from contribution_days as d));
delete from contribution_periods
where
    cast(:everything as boolean)
    and slice_no in (select s.slice_no from slices as s where s.store_id = :store_id);
delete from contribution_fees_daily
where store_id = :store_id
