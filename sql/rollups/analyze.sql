-- The columns by which the ledger is joined and summed: of all columns it would take several times as long.
analyze orders (store_id, order_key, order_name, kind, ordered_on, currency, channel, country, is_counted, cancelled_on),
order_items (store_id, order_key, alias_id), reversals (store_id, order_key, alias_id),
product_aliases (store_id, alias_id, product_key), products (store_id, product_key)
