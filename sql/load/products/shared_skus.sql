-- SKUs that several listed products share: they name none of them.
select p.sku
from products as p
inner join stores as s on p.store_id = s.store_id
where s.name = :store and p.is_listed and p.sku is not null
group by p.sku
having count(*) > 1
