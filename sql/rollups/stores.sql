-- Every store there is.
select store_id
from stores
order by store_id
