-- Whether so many of a store's days are touched that it is quicker to sum up all of them than to look for these.
select
    (select count(*) from touched) * 3 > (select count(distinct day) from sales_daily where store_id = :store_id) as is_most
