-- As of which day the newest saying about a kind of facts is.
select max(as_of) as as_of
from import_images
where store_id = :store_id and kind = :kind
