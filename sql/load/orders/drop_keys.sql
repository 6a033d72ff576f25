-- Into empty tables orders and lines go without keys and log; the keys are built once they are in, three times as fast. The
-- lock that this takes is held to the end, so nobody sees the tables without their keys.
truncate orders, order_items;
alter table orders drop constraint orders_pkey, drop constraint orders_store_id_fkey;
drop index orders_day, orders_name, orders_customer, orders_codes, orders_waiting, order_items_alias;
alter table order_items drop constraint order_items_pkey
