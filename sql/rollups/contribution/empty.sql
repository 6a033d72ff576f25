-- A store that is told of no cost any more has no summaries of contribution.
delete from contribution_daily where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id);
delete from contribution_products_daily where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id);
delete from contribution_periods where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id);
delete from contribution_orders where slice_no in (select s.slice_no from slices as s where s.store_id = :store_id);
delete from contribution_fees_daily where store_id = :store_id;
delete from contribution_stores where store_id = :store_id
