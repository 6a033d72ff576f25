-- SKUs that several listed products share: they name none of them.
select sku
from products
where store_id = :store_id and is_listed and sku is not null
group by sku
having count(*) > 1
