alter table orders
add primary key (store_id, order_key),
add constraint orders_store_id_fkey foreign key (store_id) references stores;
create index orders_day on orders (store_id, ordered_on);
create index orders_name on orders (store_id, order_name);
alter table order_items add primary key (store_id, order_key, line_no)
