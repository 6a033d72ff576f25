create temp table rates_stage (
    currency text,
    into_currency text,
    valid_from date,
    rate numeric,
    rows bigint
) on commit drop
