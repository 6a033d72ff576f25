-- One row a country that orders went to: how many, the most first. Where they went is not always known.
select
    country,
    count(*) as orders
from orders
where store_id = :store_id and ordered_on >= :start and ordered_on < :stop and country <> 'unknown'
group by country
order by orders desc, country
