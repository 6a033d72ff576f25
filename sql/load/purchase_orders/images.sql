-- An order with its lines and receipts is one fact, replaced whole.
insert into images_stage (kind, key, as_of, rows, image)
with heads as (
    select distinct on (order_no)
        order_no,
        to_jsonb(s)
        - array['line_no', 'sku', 'units', 'unit_cost', 'line_expected_on', 'received_on', 'received_units', 'rows'] as head
    from purchase_orders_stage as s
    order by order_no
),

items as (
    select
        order_no,
        jsonb_agg(
            jsonb_build_object(
                'line_no', line_no, 'sku', sku, 'units', units, 'unit_cost', unit_cost, 'expected_on', line_expected_on
            )
            order by line_no
        ) as items
    from (
        select distinct
            order_no,
            line_no,
            sku,
            units,
            unit_cost,
            line_expected_on
        from purchase_orders_stage
    ) as lines
    group by order_no
),

receipts as (
    select
        order_no,
        sum(rows) as rows,
        coalesce(
            jsonb_agg(
                jsonb_build_object('line_no', line_no, 'received_on', received_on, 'units', received_units)
                order by line_no, received_on
            ) filter (where received_on is not null),
            '[]'
        ) as receipts
    from purchase_orders_stage
    group by order_no
)

select
    'purchase_orders' as kind,
    h.order_no as key,
    cast(:as_of as date) as as_of,
    r.rows,
    h.head || jsonb_build_object('items', i.items, 'receipts', r.receipts) as image
from heads as h
inner join items as i on h.order_no = i.order_no
inner join receipts as r on h.order_no = r.order_no
