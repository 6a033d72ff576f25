create temp table products_stage (
    product_key text collate "C",
    sku text,
    handle text,
    title text,
    category text,
    vendor text,
    price numeric,
    currency text,
    is_gift_card boolean,
    cost numeric,
    weight_grams numeric
) on commit drop
