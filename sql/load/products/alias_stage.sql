create temp table alias_stage (
    sku text collate "C",
    title text collate "C",
    vendor text,
    category text
) on commit drop
