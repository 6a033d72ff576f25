analyze orders, product_aliases, products
