create temp table levels_stage (
    as_of date,
    location text collate "C",
    level_key text collate "C",
    handle_key text collate "C",
    sku text,
    title text,
    on_hand numeric,
    committed numeric,
    unavailable numeric,
    available numeric,
    incoming numeric,
    received numeric,
    returned numeric,
    adjusted numeric,
    rows bigint
) on commit drop
