create temp table costs_stage (
    code text collate "C",
    valid_from date,
    currency text,
    unit_cost numeric,
    freight numeric,
    duty numeric,
    rows bigint
) on commit drop
