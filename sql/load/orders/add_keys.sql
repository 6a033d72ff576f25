alter table orders
add primary key (store_id, order_key),
add constraint orders_store_id_fkey foreign key (store_id) references stores;
create index orders_day on orders (store_id, ordered_on);
create index orders_name on orders (store_id, order_name);
create index orders_customer on orders (store_id, customer_key, ordered_on) where customer_key is not null;
create index orders_codes on orders using gin (codes_of(discount_codes)) where discount_codes is not null;
create index orders_waiting on orders (store_id, ordered_on)
where waiting_state(financial_status, fulfillment_status) is not null;
alter table order_items add primary key (store_id, order_key, line_no);
create index order_items_alias on order_items (store_id, alias_id)
