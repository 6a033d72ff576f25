-- A store's own limits for its stock; those it never set are not here.
select name, value
from stock_settings
where store_id = :store_id
