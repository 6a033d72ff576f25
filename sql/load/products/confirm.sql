-- What a newer export says again is known as of that day, so that an export from in between overwrites nothing.
update products as known
set as_of = s.as_of
from products_stage as s
inner join products_plan as p on s.product_key = p.product_key
where known.store_id = :store_id and known.product_key = s.product_key and p.state = 'unchanged' and known.as_of < s.as_of
