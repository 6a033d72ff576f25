-- Every set of categories gets its number.
insert into sold_values (store_id, dimension, value)
select distinct :store_id, 'categories', categories
from order_categories
on conflict do nothing;
analyze sold_values;
