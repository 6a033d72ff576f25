-- As of which day the newest saying about a kind of facts is.
select as_of
from import_images
where store_id = :store_id and kind = :kind
order by as_of desc
limit 1
