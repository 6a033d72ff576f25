select not exists (select 1 from orders) and not exists (select 1 from order_items) as is_empty
