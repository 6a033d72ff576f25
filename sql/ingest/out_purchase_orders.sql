select *
from purchase_orders_new
