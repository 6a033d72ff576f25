-- Without fresh statistics the first views after a load are planned as if the tables were empty.
analyze sales_daily, products, product_costs, inventory_levels
