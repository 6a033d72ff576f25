-- A table of purchase orders -> purchase_orders_new (one row a line of an order and day on which some of it came), records
-- and rejects. Rows of one order and SKU at one cost are one line; what an order as a whole has (supplier, days,
-- freight, payments) may stand on one of its rows or on all. A part of an order is not the order: where one of its rows
-- cannot be used, none is.

create or replace table statuses_said as
select * from (
    values
    ('draft', 'draft'), ('planned', 'draft'), ('entwurf', 'draft'), ('geplant', 'draft'), ('brouillon', 'draft'),
    ('borrador', 'draft'),
    ('sent', 'sent'), ('ordered', 'sent'), ('open', 'sent'), ('placed', 'sent'), ('confirmed', 'sent'), ('in transit', 'sent'),
    ('partial', 'sent'), ('partially received', 'sent'), ('partly received', 'sent'), ('bestellt', 'sent'), ('gesendet', 'sent'),
    ('offen', 'sent'), ('envoyée', 'sent'), ('commandée', 'sent'), ('enviado', 'sent'), ('pedido', 'sent'), ('abierto', 'sent'),
    ('closed', 'closed'), ('received', 'closed'), ('complete', 'closed'), ('completed', 'closed'), ('done', 'closed'),
    ('geschlossen', 'closed'), ('abgeschlossen', 'closed'), ('erhalten', 'closed'), ('close', 'closed'), ('clôturée', 'closed'),
    ('reçue', 'closed'), ('cerrado', 'closed'), ('recibido', 'closed'),
    ('cancelled', 'cancelled'), ('canceled', 'cancelled'), ('void', 'cancelled'), ('storniert', 'cancelled'),
    ('annulée', 'cancelled'), ('cancelado', 'cancelled')
) as known (said, status);

-- Each day and each number once: what reads them is long, and five columns of days would spell it out five times.
create or replace table days_said as
select
    value,
    cast(to_moment(value, getvariable('day_first')) as date) as day
from (
    select distinct unnest([ordered_on, expected_on, received_on, deposit_due_on, balance_due_on]) as value
    from source
)
where value is not null;

create or replace table numbers_said as
select
    value,
    to_number(or_none(value), getvariable('decimal_comma')) as number
from (
    select distinct unnest([units, unit_cost, received_units, freight, duty, deposit]) as value
    from source
)
where or_none(value) is not null;

create or replace table typed as
with columns_of_file as (
    select
        bool_and(regexp_full_match(trim("order"), '[0-9]+\.0')) as has_float_orders,
        bool_and(regexp_full_match(trim(sku), '[0-9]+\.0')) as has_float_skus
    from source
)

select
    s.record,
    s.is_blank,
    to_code(s."order", c.has_float_orders) as order_no,
    nullif(trim(s.supplier), '') as supplier,
    k.status,
    ordered.day as ordered_on,
    expected.day as expected_on,
    nullif(trim(s.location), '') as location,
    to_code(s.sku, c.has_float_skus) as sku,
    units.number as units,
    cost.number as unit_cost,
    nullif(upper(trim(s.currency)), '') as currency,
    came.number as received_units,
    received.day as received_on,
    freight.number as freight,
    duty.number as duty,
    deposit.number as deposit,
    deposit_due.day as deposit_due_on,
    balance_due.day as balance_due_on,
    nullif(left(regexp_replace(trim(s.note), '\S+@\S+', '(e-mail)', 'g'), 200), '') as note,
    {
        'order': s."order", 'status': nullif(trim(s.status), ''), 'sku': s.sku, 'ordered_on': ordered.value,
        'expected_on': expected.value, 'units': units.value, 'unit_cost': cost.value, 'received_units': came.value,
        'received_on': received.value, 'freight': freight.value, 'duty': duty.value, 'deposit': deposit.value,
        'deposit_due_on': deposit_due.value, 'balance_due_on': balance_due.value
    } as text
from source as s
cross join columns_of_file as c
left join statuses_said as k on lower(trim(replace(s.status, '_', ' '))) = k.said
left join days_said as ordered on s.ordered_on = ordered.value
left join days_said as expected on s.expected_on = expected.value
left join days_said as received on s.received_on = received.value
left join days_said as deposit_due on s.deposit_due_on = deposit_due.value
left join days_said as balance_due on s.balance_due_on = balance_due.value
left join numbers_said as units on s.units = units.value
left join numbers_said as cost on s.unit_cost = cost.value
left join numbers_said as came on s.received_units = came.value
left join numbers_said as freight on s.freight = freight.value
left join numbers_said as duty on s.duty = duty.value
left join numbers_said as deposit on s.deposit = deposit.value;

-- What an order as a whole says: the first of its rows that says it.
create or replace table heads as
select
    order_no,
    arg_min(supplier, record) as supplier,
    arg_min(status, record) as said_status,
    arg_min(ordered_on, record) as ordered_on,
    max(expected_on) as expected_on,
    arg_min(location, record) as location,
    coalesce(arg_min(currency, record), getvariable('currency')) as currency,
    arg_min(freight, record) as freight,
    arg_min(duty, record) as duty,
    arg_min(deposit, record) as deposit,
    arg_min(deposit_due_on, record) as deposit_due_on,
    arg_min(balance_due_on, record) as balance_due_on,
    arg_min(note, record) as note
from typed
where order_no is not null
group by order_no;

-- Each row with the line that it tells of: a row that says no cost belongs to the first line of its SKU.
create or replace table told as
with costed as (
    select
        *,
        coalesce(unit_cost, arg_min(unit_cost, record) over (partition by order_no, sku)) as line_cost
    from typed
    where not is_blank
)

select
    *,
    min(record) over (partition by order_no, sku, line_cost) as first_record,
    arg_min(units, record) over (partition by order_no, sku, line_cost) as line_units,
    arg_min(expected_on, record) over (partition by order_no, sku, line_cost) as line_expected_on,
    row_number() over (
        partition by order_no, sku, line_cost, coalesce(received_units, 0), received_on
        order by record
    ) as again
from costed;

create or replace table values_of_orders as
select
    t.order_no,
    sum(t.line_units * t.line_cost) + coalesce(any_value(h.freight), 0) + coalesce(any_value(h.duty), 0) as value,
    -- a line without a cost leaves the value open
    bool_and(t.line_units is not null and t.line_cost is not null) as is_known,
    bool_and(t.line_units is not null) as has_units
from told as t
inner join heads as h on t.order_no = h.order_no
where t.record = t.first_record
group by t.order_no;

create or replace table came as
select
    order_no,
    first_record,
    any_value(sku) as sku,
    any_value(line_units) as units,
    coalesce(sum(received_units) filter (where again = 1), 0) as received
from told
where order_no is not null
group by order_no, first_record;

-- Without a status: everything came, it was sent, or it is still a draft.
create or replace table statuses as
select
    h.order_no,
    coalesce(
        h.said_status,
        case
            when bool_and(c.received >= c.units) then 'closed'
            when any_value(h.ordered_on) is not null then 'sent'
            else 'draft'
        end
    ) as status,
    sum(c.received) > 0 as has_receipts
from heads as h
inner join came as c on h.order_no = c.order_no
group by h.order_no, h.said_status;

create or replace table bad_orders as
select
    record,
    order_no,
    bad.column_name,
    bad.value,
    bad.reason
from (
    select
        t.record,
        t.order_no,
        unnest([
            {
                'column_name': 'order', 'value': t.text['order'], 'is_bad': t.order_no is null or is_rounded(t.text['order']),
                'reason': case
                    when t.order_no is null then 'the purchase order''s number is missing'
                    else 'a spreadsheet has rounded this number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'supplier', 'value': t.supplier,
                'is_bad': h.supplier is null or coalesce(t.supplier <> h.supplier, false),
                'reason': case when h.supplier is null then 'the supplier is missing' else 'another row of this order names ' || h.supplier end
            },
            {
                'column_name': 'status', 'value': t.text['status'],
                'is_bad': t.text['status'] is not null and (t.status is null or t.status <> h.said_status),
                'reason': case
                    when t.status is null then 'this is no status: draft, sent, closed or cancelled'
                    else 'another row of this order says ' || h.said_status
                end
            },
            {
                'column_name': 'status', 'value': coalesce(t.text['status'], s.status),
                'is_bad': s.status = 'draft' and s.has_receipts and coalesce(t.received_units > 0, false),
                'reason': 'goods came in of an order that was never sent: say on which day it was ordered'
            },
            {
                'column_name': 'ordered on', 'value': t.text['ordered_on'],
                'is_bad': (t.text['ordered_on'] is not null and (t.ordered_on is null or t.ordered_on <> h.ordered_on))
                or (h.ordered_on is null and t.text['ordered_on'] is null and s.status in ('sent', 'closed')),
                'reason': case
                    when t.text['ordered_on'] is null then 'the day of the order is missing: it is ' || s.status
                    when t.ordered_on is null then 'this is not a date'
                    else 'another row of this order says ' || h.ordered_on
                end
            },
            {
                'column_name': 'expected on', 'value': t.text['expected_on'],
                'is_bad': t.text['expected_on'] is not null and coalesce(t.expected_on < h.ordered_on, t.expected_on is null),
                'reason': case
                    when t.expected_on is null then 'this is not a date' else 'it was ordered later, on ' || h.ordered_on
                end
            },
            {
                'column_name': 'location', 'value': t.location, 'is_bad': coalesce(t.location <> h.location, false),
                'reason': 'another row of this order names ' || h.location || ': an order goes to one location'
            },
            {
                'column_name': 'sku', 'value': t.text['sku'], 'is_bad': t.sku is null or is_rounded(t.text['sku']),
                'reason': case
                    when t.sku is null then 'the SKU is missing'
                    else 'a spreadsheet has rounded this SKU, so it is no key; export it again'
                end
            },
            {
                'column_name': 'units', 'value': t.text['units'],
                'is_bad': case
                    when t.text['units'] is null then t.line_units is null and t.record = t.first_record
                    else coalesce(t.units <= 0 or t.units <> t.line_units, true)
                end,
                'reason': case
                    when t.text['units'] is null then 'how many pieces were ordered is missing'
                    when t.units is null then 'this is not a number'
                    when t.units <= 0 then 'a line orders more than 0 pieces'
                    else 'another row of this line orders ' || printf('%g', cast(t.line_units as double))
                    || ': leave it empty on further receipts, or say another cost for another line'
                end
            },
            {
                'column_name': 'unit cost', 'value': t.text['unit_cost'],
                'is_bad': t.text['unit_cost'] is not null and coalesce(t.unit_cost < 0, true),
                'reason': case when t.unit_cost < 0 then 'this cannot be below 0' else 'this is not a number' end
            },
            {
                'column_name': 'currency', 'value': t.currency,
                'is_bad': not regexp_full_match(coalesce(t.currency, h.currency, 'XXX'), '[A-Z]{3}') or coalesce(t.currency <> h.currency, false),
                'reason': case
                    when regexp_full_match(t.currency, '[A-Z]{3}') then 'another row of this order is in ' || h.currency
                    else 'this is not a three-letter currency'
                end
            },
            {
                'column_name': 'received units', 'value': t.text['received_units'],
                'is_bad': case
                    when t.text['received_units'] is null then t.text['received_on'] is not null
                    else coalesce(t.received_units < 0, true) or coalesce(t.received_units > 0 and c.received > c.units, false)
                end,
                'reason': case
                    when t.text['received_units'] is null then 'how many pieces came on that day is missing'
                    when t.received_units < 0 then 'this cannot be below 0'
                    when t.received_units > 0
                        then printf('%g', cast(c.received as double)) || ' came of ' || printf('%g', cast(c.units as double))
                            || ' that were ordered: raise the units of the line if more was sent'
                    else 'this is not a number'
                end
            },
            {
                'column_name': 'received on', 'value': t.text['received_on'],
                'is_bad': case
                    when t.text['received_on'] is null then coalesce(t.received_units > 0, false)
                    else coalesce(t.received_on < h.ordered_on, t.received_on is null)
                end,
                'reason': case
                    when t.text['received_on'] is null then 'the day on which it came is missing'
                    when t.received_on is null then 'this is not a date'
                    else 'it was ordered later, on ' || h.ordered_on
                end
            },
            {
                'column_name': 'freight', 'value': t.text['freight'],
                'is_bad': t.text['freight'] is not null and coalesce(t.freight < 0 or t.freight <> h.freight, true),
                'reason': case
                    when t.freight is null then 'this is not a number'
                    when t.freight < 0 then 'this cannot be below 0'
                    else 'another row says something else of the whole order'
                end
            },
            {
                'column_name': 'duty', 'value': t.text['duty'],
                'is_bad': t.text['duty'] is not null and coalesce(t.duty < 0 or t.duty <> h.duty, true),
                'reason': case
                    when t.duty is null then 'this is not a number'
                    when t.duty < 0 then 'this cannot be below 0'
                    else 'another row says something else of the whole order'
                end
            },
            {
                'column_name': 'deposit', 'value': t.text['deposit'],
                'is_bad': t.text['deposit'] is not null
                and (coalesce(t.deposit < 0 or t.deposit <> h.deposit, true) or (v.is_known and t.deposit > v.value)),
                'reason': case
                    when t.deposit is null then 'this is not a number'
                    when t.deposit < 0 then 'this cannot be below 0'
                    when t.deposit <> h.deposit then 'another row says something else of the whole order'
                    else 'that is more than the whole order, ' || printf('%.2f', cast(v.value as double))
                end
            },
            {
                'column_name': 'deposit due on', 'value': t.text['deposit_due_on'],
                'is_bad': t.text['deposit_due_on'] is not null
                and (coalesce(t.deposit_due_on <> h.deposit_due_on, true) or h.deposit is null),
                'reason': case
                    when t.deposit_due_on is null then 'this is not a date'
                    when h.deposit is null then 'a deposit is due, and its amount is missing'
                    else 'another row says something else of the whole order'
                end
            },
            {
                'column_name': 'balance due on', 'value': t.text['balance_due_on'],
                'is_bad': t.text['balance_due_on'] is not null
                and (coalesce(t.balance_due_on <> h.balance_due_on, true) or coalesce(t.balance_due_on < h.deposit_due_on, false)),
                'reason': case
                    when t.balance_due_on is null then 'this is not a date'
                    when t.balance_due_on <> h.balance_due_on then 'another row says something else of the whole order'
                    else 'the deposit is due later, on ' || h.deposit_due_on
                end
            }
        ]) as bad
    from told as t
    left join heads as h on t.order_no = h.order_no
    left join statuses as s on t.order_no = s.order_no
    left join values_of_orders as v on t.order_no = v.order_no
    left join came as c on t.order_no = c.order_no and t.first_record = c.first_record
)
where bad.is_bad;

create or replace table rejects as
select
    record,
    column_name,
    value,
    reason
from bad_orders
union all
select
    t.record,
    'order' as column_name,
    t.text['order'] as value,
    'another row of this order cannot be used, and a part of it is not the order' as reason
from told as t
where
    t.order_no in (select order_no from bad_orders where order_no is not null)
    and t.record not in (select record from bad_orders);

create or replace table records as
select
    t.record,
    case
        when t.is_blank then 'ignored'
        when t.record in (select record from rejects) then 'rejected'
        when f.again > 1 then 'duplicate'
        else 'fact'
    end as state
from typed as t
left join told as f on t.record = f.record;

create or replace table purchase_orders_new as
with facts as (
    select
        t.*,
        dense_rank() over (partition by t.order_no order by t.first_record) as line_no
    from told as t
    inner join records as r on t.record = r.record
    where r.state = 'fact'
),

received as (
    select
        order_no,
        line_no,
        case when received_units > 0 then received_on end as received_on,
        any_value(sku) as sku,
        any_value(line_units) as units,
        any_value(line_cost) as unit_cost,
        any_value(line_expected_on) as line_expected_on,
        sum(received_units) filter (where received_units > 0) as received_units,
        count(*) as rows
    from facts
    group by order_no, line_no, case when received_units > 0 then received_on end
)

select
    f.order_no,
    h.supplier,
    s.status,
    h.ordered_on,
    h.expected_on,
    h.location,
    h.currency,
    coalesce(h.freight, 0) as freight,
    coalesce(h.duty, 0) as duty,
    h.deposit,
    h.deposit_due_on,
    h.balance_due_on,
    h.note,
    f.line_no,
    f.sku,
    f.units,
    f.unit_cost,
    f.line_expected_on,
    f.received_on,
    f.received_units,
    f.rows
from received as f
inner join heads as h on f.order_no = h.order_no
inner join statuses as s on f.order_no = s.order_no;
