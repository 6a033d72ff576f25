alter table order_items add primary key (store_id, order_key, line_no)
