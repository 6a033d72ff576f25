create temp table levels_stage (
    location text collate "C",
    product_key text collate "C",
    sku text,
    title text,
    on_hand numeric,
    committed numeric,
    unavailable numeric,
    available numeric,
    incoming numeric,
    rows bigint
) on commit drop
