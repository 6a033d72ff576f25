"""Spend on products: ads for what is out of stock, loses money or comes back, and which products campaigns are for."""

from analytics.ads import products
from pages.ui import ad_panels, ad_products, reads

view = ad_panels.view("Spend on products")

rows = reads.of(products.wasted, view.scope)
rows = rows[rows["currency"] == view.currency].reset_index(drop=True)
now = ad_panels.of_currency(view, reads.of(products.summary, view.scope))

ad_products.overview(view, now)
ad_products.wasted(view, now, rows)
ad_products.editor(view)
ad_panels.beside_spend(view)
