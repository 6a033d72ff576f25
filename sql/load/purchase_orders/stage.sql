-- One row a line of an order and day on which some of it came; a line of which nothing came has one row without a day.
create temp table purchase_orders_stage (
    order_no text collate "C",
    supplier text,
    status text,
    ordered_on date,
    expected_on date,
    location text,
    currency text,
    freight numeric,
    duty numeric,
    deposit numeric,
    deposit_due_on date,
    balance_due_on date,
    note text,
    line_no integer,
    sku text collate "C",
    units numeric,
    unit_cost numeric,
    line_expected_on date,
    received_on date,
    received_units numeric,
    rows bigint
) on commit drop
