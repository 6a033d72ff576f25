analyze orders, order_items, reversals, product_aliases, products
