select count(*) > 0 from orders_touched
