-- One row a discount code that holds from a day to another and was used on any of them: how many orders named it.
select
    d.code,
    d.starts_on,
    d.ends_on,
    count(*) as orders
from discount_codes as d
inner join counted_orders as o
    on
        d.store_id = o.store_id and codes_of(o.discount_codes) @> array[lower(d.code)]
        and o.ordered_on >= d.starts_on and o.ordered_on <= d.ends_on
where
    d.starts_on is not null and d.ends_on is not null
    and (cast(:store_ids as integer[]) is null or d.store_id = any(cast(:store_ids as integer[])))
    and (cast(:start as date) is null or d.ends_on >= :start)
    and (cast(:stop as date) is null or d.starts_on < :stop)
group by d.code, d.starts_on, d.ends_on
order by d.starts_on, d.code
