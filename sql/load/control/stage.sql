create temp table totals_stage (
    day date,
    metric text,
    currency text,
    amount numeric,
    rows bigint
) on commit drop
