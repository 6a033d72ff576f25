select store_id
from stores
where name = :name
