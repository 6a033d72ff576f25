"""WooCommerce › Products › Export: one row a product, a variable product or one of its variations."""

from analytics.ingest.formats import Format

# As printed by WooCommerce in English, German, French, Spanish and Russian; several where a language changed its mind.
FORMAT = Format(
    name="woocommerce_products",
    label="WooCommerce products",
    platform="WooCommerce",
    where="Products › Export › Generate CSV",
    facts="products",
    columns={
        "id": ("ID",),
        "type": ("Type", "Typ", "Tipo", "Тип"),
        "sku": ("SKU", "Artikelnummer", "UGS", "Артикул"),
        "name": ("Name", "Nom", "Nombre", "Имя"),
        "published": ("Published", "Veröffentlicht", "Publié", "Publicado", "Опубликован"),
        "visibility": (
            "Visibility in catalog",
            "Sichtbarkeit im Katalog",
            "Visibilité dans le catalogue",
            "Visibilidad en el catálogo",
            "Видимость в каталоге",
        ),
        "sale_starts": (
            "Date sale price starts",
            "Datum, an dem Angebotspreis beginnt",
            "Día en que empieza el precio rebajado",
        ),
        "sale_ends": (
            "Date sale price ends",
            "Datum, an dem Angebotspreis endet",
            "Día en que termina el precio rebajado",
        ),
        "sale_price": ("Sale price", "Angebotspreis", "Tarif promo", "Precio rebajado"),
        "regular_price": ("Regular price", "Regulärer Preis", "Tarif régulier", "Precio normal", "Базовая цена"),
        "categories": ("Categories", "Kategorien", "Catégories", "Categorías", "Категории"),
        "brands": ("Brands", "Marken", "Marques", "Marcas"),
        "parent": ("Parent", "Übergeordnetes Produkt", "Superior"),
        # the header has the shop's unit
        "weight_kg": ("Weight (kg)", "Gewicht (kg)", "Poids (kg)", "Peso (kg)", "Вес (kg)", "Вес (кг)"),
        "weight_g": ("Weight (g)", "Gewicht (g)", "Poids (g)", "Peso (g)", "Вес (g)", "Вес (г)"),
        "weight_lb": ("Weight (lbs)", "Weight (lb)", "Gewicht (lbs)", "Poids (lbs)", "Peso (lbs)"),
        "weight_oz": ("Weight (oz)", "Gewicht (oz)", "Poids (oz)", "Peso (oz)"),
        # WooCommerce's own column since 2025, before it those of the two usual extensions
        "cost": ("Cost of goods", "Meta: _wc_cog_cost", "Meta: _alg_wc_cog_cost"),
    },
    required=("type", "name", "published", "visibility", "regular_price"),
    any_of=(("id", "sku"),),
    scripts=("woocommerce_products",),
    numbers=("sale_price", "regular_price", "cost", "weight_kg", "weight_g", "weight_lb", "weight_oz"),
    brings="products and variations, categories, brands, prices, costs (from the day of the export), weights",
    cannot_tell="what goods cost before; stock is not taken from this file",
)
