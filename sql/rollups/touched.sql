-- The touched days, and whether they are so many that it is quicker to sum up all of a store's days than to look for these.
select
    (select array_agg(day order by day) from touched) as days,
    (select count(*) from touched) * 3 > (
        select coalesce(max(month) - min(month), 0) + 31
        from sales_monthly
        where store_id = :store_id
    ) as is_most
