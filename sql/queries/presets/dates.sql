-- One row: how many orders of the stores say on which day they were paid, and completed.
select
    count(o.paid_on) as paid,
    count(o.completed_on) as completed
from orders as o
where cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[]))
having count(*) > 0
