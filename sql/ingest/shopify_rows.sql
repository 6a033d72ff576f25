-- The rows of a Shopify orders export -> lines (what each row sells) and head_cells (what the first row of an order says of the
-- whole), records (what became of every row) and rejects. Continuation rows carry only the line.

-- The first row of an order at or above each row, whatever its name.
create or replace table above as
select
    record,
    max(head) over (order by record rows between unbounded preceding and current row) as head
from (
    select
        record,
        case when coalesce(financial_status, total, subtotal) is not null then record end as head
    from source
);

-- Each row as a line. A row that may hold something unreadable is looked at again below; few are.
create or replace table typed as
with said as (
    select
        s.record,
        a.head,
        s.is_blank,
        s.name,
        to_number(s.lineitem_quantity, getvariable('decimal_comma')) as quantity,
        to_number(s.lineitem_price, getvariable('decimal_comma')) as price,
        case when s.lineitem_discount is null then 0 else to_number(s.lineitem_discount, getvariable('decimal_comma')) end
            as line_discount,
        coalesce(unquoted(s.lineitem_sku), '') as sku,
        s.lineitem_name as title,
        is_yes(s.lineitem_taxable) as is_taxable,
        is_yes(s.lineitem_requires_shipping) as is_shipped,
        s.vendor,
        coalesce(s.record = a.head, false) as is_head,
        s.created_at is not null and try_cast(left(s.created_at, 19) as timestamp) is null as is_odd_date,
        coalesce(s.shipping, s.taxes, s.discount_amount, s.refunded_amount, s.duties, s.cancelled_at, s.currency) is not null
            as has_head_cells
    from source as s
    inner join above as a on s.record = a.record
)

select
    record,
    head,
    is_blank,
    name,
    sku,
    title,
    vendor,
    quantity,
    price,
    line_discount,
    is_taxable,
    line_amount(quantity, price) as listed,
    case
        when
            sku = '' and not is_shipped
            and lower(trim(title)) in ('tip', 'tips', 'trinkgeld', 'pourboire', 'propina', 'mancia', 'fooi', 'gorjeta', 'dricks')
            then 'tip'
        when
            not is_shipped and not is_taxable
            and regexp_matches(
                lower(title),
                'gift ?(card|voucher)|geschenk(karte|gutschein)|carte[- ]cadeau|tarjeta (de )?regalo|buono regalo|cadeaubon'
            )
            then 'gift_card'
        else 'product'
    end as kind,
    not is_blank and (
        name is null or quantity is null or quantity < 0 or quantity >= 100000 or price is null or abs(price) >= 100000000
        or line_discount is null or (title is null and sku = '')
        or (not is_head and (is_odd_date or has_head_cells))
    ) as is_doubtful
from said;

-- The first row of each order: what it says of the whole order.
create or replace table head_cells as
with said as (
    select
        s.record,
        s.name,
        nullif(unquoted(s.id), '') as id,
        lower(coalesce(s.financial_status, 'paid')) as financial_status,
        lower(s.fulfillment_status) as fulfillment_status,
        s.email,
        upper(trimmed(s.currency)) as currency,
        to_moment(s.created_at, getvariable('day_first')) as created_local,
        to_instant(s.created_at) as created_instant,
        cast(to_moment(s.cancelled_at, getvariable('day_first')) as date) as cancelled_on,
        to_number(s.subtotal, getvariable('decimal_comma')) as subtotal,
        to_number(s.shipping, getvariable('decimal_comma')) as shipping,
        to_number(s.taxes, getvariable('decimal_comma')) as taxes,
        to_number(s.total, getvariable('decimal_comma')) as total,
        to_number(s.discount_amount, getvariable('decimal_comma')) as discount_amount,
        to_number(s.refunded_amount, getvariable('decimal_comma')) as refunded_amount,
        to_number(s.duties, getvariable('decimal_comma')) as duties,
        s.discount_code,
        trimmed(s.payment_method) as payment_method,
        s.source,
        s.tags,
        coalesce(s.shipping_country, s.billing_country, 'unknown') as country,
        coalesce(s.shipping_province, s.billing_province) as region,
        -- what holds something that is no number or date
        s.shipping as said_shipping,
        s.taxes as said_taxes,
        s.discount_amount as said_discount_amount,
        s.refunded_amount as said_refunded_amount,
        s.duties as said_duties,
        s.cancelled_at as said_cancelled_at
    from source as s
    where coalesce(s.financial_status, s.total, s.subtotal) is not null
)

select
    * exclude (said_shipping, said_taxes, said_discount_amount, said_refunded_amount, said_duties, said_cancelled_at),
    created_local is null or subtotal is null or total is null or not coalesce(regexp_full_match(currency, '[A-Z]{3}'), true)
    or (said_shipping is not null and shipping is null) or (said_taxes is not null and taxes is null)
    or (said_discount_amount is not null and discount_amount is null)
    or (said_refunded_amount is not null and refunded_amount is null)
    or (said_duties is not null and duties is null) or (said_cancelled_at is not null and cancelled_on is null) as is_doubtful
from said;

-- Rows that cannot be read, each with the column at fault.
create or replace table rejects as
with doubtful as (
    select record
    from typed
    where is_doubtful
    union
    select record
    from head_cells
    where is_doubtful
),

looked_at as (
    select
        s.record,
        coalesce(s.financial_status, s.total, s.subtotal) is not null as is_head,
        to_moment(s.created_at, getvariable('day_first')) as created_local,
        cast(to_moment(s.cancelled_at, getvariable('day_first')) as date) as cancelled_on,
        upper(trim(s.currency)) as currency,
        to_number(s.subtotal, getvariable('decimal_comma')) as subtotal,
        to_number(s.shipping, getvariable('decimal_comma')) as shipping,
        to_number(s.taxes, getvariable('decimal_comma')) as taxes,
        to_number(s.total, getvariable('decimal_comma')) as total,
        to_number(s.discount_amount, getvariable('decimal_comma')) as discount_amount,
        to_number(s.refunded_amount, getvariable('decimal_comma')) as refunded_amount,
        to_number(s.duties, getvariable('decimal_comma')) as duties,
        to_number(s.lineitem_quantity, getvariable('decimal_comma')) as quantity,
        to_number(s.lineitem_price, getvariable('decimal_comma')) as price,
        coalesce(unquoted(s.lineitem_sku), '') as sku
    from source as s
    inner join doubtful as d on s.record = d.record
)

select
    record,
    bad.column_name,
    bad.value,
    bad.reason
from (
    select
        t.record,
        unnest([
            {
                'column_name': 'Name', 'value': s.name, 'is_bad': s.name is null,
                'reason': 'the order number is missing'
            },
            {
                'column_name': 'Created at', 'value': s.created_at,
                'is_bad': t.created_local is null and (t.is_head or s.created_at is not null),
                'reason': case when s.created_at is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'Lineitem quantity', 'value': s.lineitem_quantity,
                'is_bad': t.quantity is null or t.quantity < 0
                or abs(cast(t.quantity as decimal(20, 6)) * t.price) >= 10000000000000,
                'reason': case
                    when s.lineitem_quantity is null then 'the quantity is missing'
                    when t.quantity is null or t.quantity < 0 then 'this is not a quantity'
                    else 'quantity × price is too large to be an amount'
                end
            },
            {
                'column_name': 'Lineitem price', 'value': s.lineitem_price, 'is_bad': t.price is null,
                'reason': case when s.lineitem_price is null then 'the price is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'Lineitem name', 'value': s.lineitem_name, 'is_bad': s.lineitem_name is null and t.sku = '',
                'reason': 'the line has neither a name nor a SKU'
            },
            {
                'column_name': 'Subtotal', 'value': s.subtotal, 'is_bad': t.is_head and t.subtotal is null,
                'reason': case when s.subtotal is null then 'the amount is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'Total', 'value': s.total, 'is_bad': t.is_head and t.total is null,
                'reason': case when s.total is null then 'the amount is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'Shipping', 'value': s.shipping, 'is_bad': s.shipping is not null and t.shipping is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Taxes', 'value': s.taxes, 'is_bad': s.taxes is not null and t.taxes is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Discount Amount', 'value': s.discount_amount,
                'is_bad': s.discount_amount is not null and t.discount_amount is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Refunded Amount', 'value': s.refunded_amount,
                'is_bad': s.refunded_amount is not null and t.refunded_amount is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Duties', 'value': s.duties, 'is_bad': s.duties is not null and t.duties is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Lineitem discount', 'value': s.lineitem_discount,
                'is_bad': s.lineitem_discount is not null
                and to_number(s.lineitem_discount, getvariable('decimal_comma')) is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Cancelled at', 'value': s.cancelled_at,
                'is_bad': s.cancelled_at is not null and t.cancelled_on is null,
                'reason': 'this is not a date'
            },
            {
                'column_name': 'Currency', 'value': s.currency,
                'is_bad': s.currency is not null and not regexp_full_match(t.currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
            }
        ]) as bad
    from looked_at as t
    inner join source as s on t.record = s.record
    where not s.is_blank
)
where bad.is_bad;

insert into rejects
select
    record,
    'Name' as column_name,
    name as value,
    'this order stands in the file in two versions that are mixed up; export it again' as reason
from astray
where record not in (select record from rejects);

-- A row belongs to the last head of its name above it; a sorted file may hold the head below.
create or replace table heads as
select
    record as head,
    name,
    -- spreadsheets turn long ids into 5.37518E+12: such a number is no key
    case when regexp_full_match(id, '[0-9A-Za-z/:_-]+') and not regexp_full_match(id, '[0-9]+[eE]\+?[0-9]+') then id end as id
from head_cells
where record not in (select record from rejects);

create or replace table keyed as
select
    h.head,
    h.name,
    coalesce(known.order_key, h.id, h.name) as order_key,
    row_number() over (partition by coalesce(known.order_key, h.id, h.name) order by h.head desc) as from_last
from heads as h
left join known_orders as known on h.name = known.order_name and (h.id is null or known.order_key = known.order_name);

-- The few rows that do not stand right below their order's head.
create or replace table strays as
with lost as (
    select
        t.record,
        t.name
    from typed as t
    left join heads as h on t.head = h.head and t.name = h.name
    where h.head is null and not t.is_blank and t.record not in (select record from rejects)
)

select
    l.record,
    l.name,
    coalesce(above.head, below.head) as head
from lost as l
asof left join heads as above on l.name = above.name and l.record >= above.head
left join (
    select
        name,
        min(head) as head
    from heads
    where name in (select name from lost)
    group by name
) as below on l.name = below.name;

insert into rejects
select
    record,
    'Name' as column_name,
    name as value,
    'the first row of this order is missing or was set aside' as reason
from strays
where head is null;

-- Each row with the head of its order; in the tables on the right there is nearly always nothing.
create or replace view placed as
select
    t.*,
    case
        when r.record is not null then null
        when s.record is not null then s.head
        else t.head
    end as order_head,
    d.record is not null as is_repeat,
    p.line_no as place
from typed as t
left join repeats as d on t.record = d.record
left join line_places as p on t.record = p.record
left join strays as s on t.record = s.record
left join (select distinct record from rejects) as r on t.record = r.record;

create or replace view records as
select
    p.record,
    case
        when p.is_blank then 'ignored'
        when k.head is null then 'rejected'
        when k.from_last > 1 or p.is_repeat then 'duplicate'
        else 'fact'
    end as state,
    k.order_key
from placed as p
left join keyed as k on p.order_head = k.head;

-- Lines, each with what it is. A tip or a gift card is money collected, not a sale.
create or replace view lines as
select
    k.head,
    p.record,
    coalesce(p.place, p.record - k.head + 1) as line_no,
    p.sku,
    coalesce(p.title, p.sku) as title,
    p.vendor,
    p.quantity as units,
    p.price as unit_price,
    p.is_taxable,
    p.line_discount,
    p.listed,
    p.kind
from placed as p
inner join keyed as k on p.order_head = k.head
where k.from_last = 1 and not p.is_blank and not p.is_repeat;
