with gone as (
    delete from product_costs as k
    using images_changed as c
    where k.store_id = :store_id and c.kind = 'costs' and concat_ws('|', k.code, k.valid_from) = c.key
    returning k.product_key
)

insert into products_touched (product_key)
select distinct product_key
from gone
on conflict do nothing
