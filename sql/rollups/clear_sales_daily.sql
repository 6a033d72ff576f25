delete from sales_daily
where store_id = :store_id and (cast(:everything as boolean) or day in (select day from touched))
