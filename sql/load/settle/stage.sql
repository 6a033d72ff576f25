create temp table settled_stage (
    order_key text collate "C",
    part_no integer,
    alias_id integer,
    kind text,
    line_kind text,
    booked_at timestamp,
    ordered_on date,
    original_order_key text collate "C",
    units numeric,
    unit_price numeric,
    amount numeric,
    is_restocked boolean,
    inferred_from text,
    is_date_assumed boolean,
    reason text,
    condition text
) on commit drop
