-- What a writing transaction collects on its way: what files say, which facts change, and whom that touches.
create temp table images_stage (
    kind text,
    key text collate "C",
    as_of date,
    rows bigint,
    image jsonb
) on commit drop;
create temp table images_changed (kind text, key text collate "C", primary key (kind, key)) on commit drop;
create temp table products_touched (product_key text collate "C" primary key) on commit drop;
create temp table orders_touched (order_key text collate "C" primary key) on commit drop;
create temp table touched (day date primary key) on commit drop;
create temp table costs_touched (day date primary key) on commit drop
