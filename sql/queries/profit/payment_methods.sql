-- One row a way in which orders were paid, as the files print it, the commonest first.
select
    payment_method,
    count(*) as orders
from orders
where
    payment_method is not null and is_counted and kind = 'order'
    and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
group by payment_method
order by orders desc, payment_method
