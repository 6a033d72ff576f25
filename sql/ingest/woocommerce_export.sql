-- Advanced Order Export -> heads, lines, lines_back, dated_refunds, records and rejects, from which sold_orders and the
-- scripts after it make the facts. A row is an item; what belongs to the order stands on each of its rows or only on the
-- first, and counts once either way. Amounts come without tax, Item Cost after discounts and rounded to the cent.

create or replace table typed as
select
    record,
    is_blank,
    nullif(regexp_replace(trim(number), '^#', ''), '') as number,
    (date is not null or total is not null or status is not null) as is_head,
    cast(null as varchar) as id,
    woocommerce_status(status) as status,
    to_moment(date, getvariable('day_first')) as sold_at,
    to_instant(date) as sold_instant,
    cast(to_moment(modified, getvariable('day_first')) as date) as modified_on,
    cast(to_moment(paid, getvariable('day_first')) as date) as paid_on,
    cast(to_moment(completed, getvariable('day_first')) as date) as completed_on,
    upper(trim(currency)) as currency,
    email,
    nullif(nullif(trim(customer), ''), '0') as customer,
    coalesce(shipping_country, billing_country) as country,
    coalesce(shipping_state, billing_state) as region,
    trim(payment_method) as payment_method,
    to_number(discount, getvariable('decimal_comma')) as discount,
    to_number(subtotal, getvariable('decimal_comma')) as subtotal,
    to_number(shipping, getvariable('decimal_comma')) as shipping,
    to_number(fees, getvariable('decimal_comma')) as fees,
    to_number(refund, getvariable('decimal_comma')) as refund,
    to_number(total, getvariable('decimal_comma')) as total,
    to_number(tax, getvariable('decimal_comma')) as tax,
    trim(item) as item,
    coalesce(trim(regexp_replace(sku, '^''', '')), '') as sku,
    coalesce(trim(title), '') as title,
    category,
    to_number(quantity, getvariable('decimal_comma')) as quantity,
    to_number(kept_quantity, getvariable('decimal_comma')) as kept_quantity,
    to_number(item_cost, getvariable('decimal_comma')) as item_cost,
    to_number(line_net, getvariable('decimal_comma')) as line_net,
    coupon,
    to_number(coupon_discount, getvariable('decimal_comma')) as coupon_discount,
    -- with more coupons than items, the last rows of an order hold a coupon and no item
    (item is not null or title is not null or sku is not null or item_cost is not null) as is_item
from source;

create or replace table rejects as
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
                'column_name': 'Order Number', 'value': s.number,
                'is_bad': (t.number is null and t.is_head) or regexp_full_match(t.number, '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+'),
                'reason': case
                    when t.number is null then 'the order number is missing'
                    else 'a spreadsheet has rounded this order number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'Order Date', 'value': s.date,
                'is_bad': t.sold_at is null and t.is_head,
                'reason': case when s.date is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'Order Total Amount', 'value': s.total, 'is_bad': t.total is null and t.is_head,
                'reason': case when s.total is null then 'the amount is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'Item Cost', 'value': s.item_cost, 'is_bad': t.is_item and t.item_cost is null,
                'reason': case when s.item_cost is null then 'the price is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'Quantity', 'value': coalesce(s.quantity, s.kept_quantity),
                'is_bad': t.is_item and (
                    coalesce(t.quantity, t.kept_quantity) is null or (s.quantity is not null and t.quantity is null)
                    or (s.kept_quantity is not null and t.kept_quantity is null)
                    or abs(cast(coalesce(t.quantity, t.kept_quantity) as decimal(20, 6)) * t.item_cost) >= 10000000000000
                ),
                'reason': case
                    when coalesce(s.quantity, s.kept_quantity) is null then 'the quantity is missing'
                    when coalesce(t.quantity, t.kept_quantity) is null then 'this is not a quantity'
                    else 'quantity × price is too large to be an amount'
                end
            },
            {
                'column_name': 'Item Name', 'value': cast(null as varchar),
                'is_bad': t.is_item and t.title = '' and t.sku = '', 'reason': 'the item has neither a name nor a SKU'
            },
            {
                'column_name': 'Order Line (w/o tax)', 'value': s.line_net,
                'is_bad': s.line_net is not null and t.line_net is null, 'reason': 'this is not an amount'
            },
            {
                'column_name': 'Cart Discount Amount', 'value': s.discount,
                'is_bad': s.discount is not null and t.discount is null, 'reason': 'this is not an amount'
            },
            {
                'column_name': 'Order Subtotal Amount', 'value': s.subtotal,
                'is_bad': s.subtotal is not null and t.subtotal is null, 'reason': 'this is not an amount'
            },
            {
                'column_name': 'Order Shipping Amount', 'value': s.shipping,
                'is_bad': s.shipping is not null and t.shipping is null, 'reason': 'this is not an amount'
            },
            {
                'column_name': 'Order Total Fee', 'value': s.fees,
                'is_bad': s.fees is not null and t.fees is null, 'reason': 'this is not an amount'
            },
            {
                'column_name': 'Order Refund Amount', 'value': s.refund,
                'is_bad': s.refund is not null and t.refund is null, 'reason': 'this is not an amount'
            },
            {
                'column_name': 'Order Total Tax Amount', 'value': s.tax,
                'is_bad': s.tax is not null and t.tax is null, 'reason': 'this is not an amount'
            },
            {
                'column_name': 'Currency', 'value': s.currency,
                'is_bad': s.currency is not null and not regexp_full_match(t.currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not s.is_blank
)
where bad.is_bad;

-- A row without any of the order's columns belongs to the order above it. A refund is printed as an order with a negative
-- total under the number of the order it pays back.
create or replace table placed as
with marked as (
    select
        *,
        number is not null as is_named
    from typed
    where not is_blank
),

named as (
    select
        m.* exclude (number),
        coalesce(m.number, a.number) as number,
        -- a row that was set aside does not pass its number on
        case when m.is_named then m.record else a.record end as head
    from marked as m
    asof left join (select record, number from marked where is_named) as a on m.record >= a.record
    where m.record not in (select record from rejects)
)

select
    n.*,
    coalesce(n.total, h.total, 0) < 0 as is_refund
from named as n
left join typed as h on n.head = h.record and n.head not in (select record from rejects);

insert into rejects
select
    p.record,
    'Order Number' as column_name,
    p.number as value,
    case
        when p.is_refund then 'this refund belongs to an order that is not in the file'
        else 'the first row of this order is missing or was set aside'
    end as reason
from placed as p
where p.number is null or p.number not in (select number from placed where is_head and not is_refund and number is not null);

create or replace table kept as
select
    *,
    case
        when is_item and not is_refund and item is not null
            then row_number() over (partition by number, is_refund, item order by record desc)
        else 1
    end as from_last
from placed
where record not in (select record from rejects);

create or replace table records as
select
    t.record,
    case
        when t.is_blank then 'ignored'
        when k.record is null then 'rejected'
        when k.from_last > 1 then 'duplicate'
        else 'fact'
    end as state,
    k.number as order_key
from typed as t
left join kept as k on t.record = k.record;

-- Each order's own columns once, and what its items add up to.
create or replace table sums as
with orders as (
    select
        number,
        any_value(all_rows) as rows,
        first(sold_at order by record) filter (where sold_at is not null) as sold_at,
        first(sold_instant order by record) filter (where sold_instant is not null) as sold_instant,
        max(modified_on) as modified_on,
        first(paid_on order by record) filter (where paid_on is not null) as paid_on,
        first(completed_on order by record) filter (where completed_on is not null) as completed_on,
        first(status order by record) filter (where status is not null) as status,
        first(currency order by record) filter (where currency is not null) as currency,
        first(email order by record) filter (where email is not null) as email,
        first(customer order by record) filter (where customer is not null) as customer,
        first(country order by record) filter (where country is not null) as country,
        first(region order by record) filter (where region is not null) as region,
        first(payment_method order by record) filter (where payment_method is not null) as payment_method,
        first(discount order by record) filter (where discount is not null) as discount,
        first(subtotal order by record) filter (where subtotal is not null) as subtotal,
        coalesce(first(shipping order by record) filter (where shipping is not null), 0) as shipping,
        coalesce(first(fees order by record) filter (where fees is not null), 0) as fees,
        coalesce(first(refund order by record) filter (where refund is not null), 0) as refund,
        first(total order by record) filter (where total is not null) as total,
        coalesce(first(tax order by record) filter (where tax is not null), 0) as tax,
        greatest(
            count(distinct total), count(distinct shipping), count(distinct tax), count(distinct refund), count(distinct discount)
        ) > 1 as is_mixed,
        string_agg(distinct coupon, ', ') as coupons,
        sum(coupon_discount) as coupon_discounts,
        sum(coalesce(quantity, kept_quantity)) filter (where is_item) as units,
        coalesce(
            sum(coalesce(line_net, item_cost * coalesce(quantity, kept_quantity))) filter (where is_item), 0
        ) as net
    from (
        select
            *,
            count(*) over (partition by number) as all_rows
        from kept
        where from_last = 1
    ) as own
    where not is_refund
    group by number
)

select
    * replace (coalesce(currency, getvariable('currency')) as currency),
    coalesce(discount, coupon_discounts, 0) as off_goods,
    coalesce(subtotal, net + coalesce(discount, coupon_discounts, 0)) as goods,
    -- some shops print Item Cost before the discount: then the items are the subtotal
    coalesce(subtotal = net and coalesce(discount, coupon_discounts, 0) <> 0, false) as is_before_discount
from orders;

create or replace table gaps as
select
    number,
    goods - off_goods - net as gap,
    abs(goods - off_goods - net) <= 0.005 * (coalesce(units, 0) + 1) as is_rounding
from sums
where not is_before_discount and goods - off_goods <> net;

-- Where quantities come without what was taken back, the goods that the order's subtotal has and its items have not were
-- taken back: units of the one item whose price the gap is a multiple of, else goods that the file does not name.
create or replace table taken as
with candidates as (
    select
        g.number,
        k.record,
        g.gap,
        cast(round(g.gap / k.item_cost) as integer) as units,
        count(*) over (partition by g.number) as candidates
    from gaps as g
    inner join sums as s on g.number = s.number
    inner join kept as k on g.number = k.number
    where
        not g.is_rounding and g.gap > 0 and s.refund > 0 and k.is_item and k.from_last = 1 and not k.is_refund
        and k.quantity is null and k.item_cost > 0
        and abs(g.gap - round(g.gap / k.item_cost) * k.item_cost) <= 0.005 * round(g.gap / k.item_cost)
)

select
    g.number,
    g.gap,
    c.record,
    c.units
from gaps as g
inner join sums as s on g.number = s.number
left join candidates as c on g.number = c.number and c.candidates = 1
where
    not g.is_rounding and g.gap > 0 and s.refund > 0
    and g.number in (select number from kept where is_item group by number having count(quantity) = 0);

create or replace table to_spread as
select
    k.number as id,
    k.record as part,
    coalesce(k.line_net, k.item_cost * coalesce(k.quantity, k.kept_quantity)) as weight,
    g.gap as total,
    0.0001::decimal(18, 4) as unit
from kept as k
inner join gaps as g on k.number = g.number
where g.is_rounding and k.is_item and k.from_last = 1 and not k.is_refund;

create or replace table net_lines as
select
    k.number as order_key,
    row_number() over (partition by k.number order by k.record) as line_no,
    k.record,
    k.sku,
    case when k.title = '' then k.sku else k.title end as title,
    k.category,
    'product' as kind,
    coalesce(k.quantity, k.kept_quantity) + coalesce(t.units, 0) as units,
    k.item_cost,
    coalesce(k.line_net, k.item_cost * coalesce(k.quantity, k.kept_quantity)) + coalesce(t.gap, 0) + coalesce(p.share, 0) as net,
    coalesce(t.units, k.quantity - k.kept_quantity, 0) as units_back,
    coalesce(t.gap, (k.quantity - k.kept_quantity) * k.item_cost, 0) as amount_back,
    t.record is not null as is_inferred
from kept as k
left join taken as t on k.record = t.record
left join spread('to_spread') as p on k.record = p.part
where k.is_item and k.from_last = 1 and not k.is_refund
union all
select
    number as order_key,
    900002 as line_no,
    null as record,
    '' as sku,
    'Goods taken back' as title,
    null as category,
    'product' as kind,
    0 as units,
    gap as item_cost,
    gap as net,
    null as units_back,
    gap as amount_back,
    true as is_inferred
from taken
where record is null;

-- Item Cost is after the discount: what was taken off is put back on top, so that gross sales are those of the shop.
create or replace table to_spread as
select
    n.order_key as id,
    n.line_no as part,
    n.net as weight,
    s.off_goods as total,
    minor_unit(s.currency) as unit
from net_lines as n
inner join sums as s on n.order_key = s.number
where not s.is_before_discount and s.off_goods <> 0;

create or replace table lines as
select
    n.order_key,
    n.line_no,
    n.sku,
    n.title,
    cast(null as varchar) as vendor,
    n.category,
    n.kind,
    n.units,
    case when n.units = 0 then n.item_cost else (n.net + coalesce(p.share, 0)) / n.units end as unit_price,
    cast(n.net + coalesce(p.share, 0) as decimal(18, 4)) as listed,
    cast(coalesce(p.share, 0) as decimal(18, 4)) as line_discount
from net_lines as n
left join spread('to_spread') as p on n.order_key = p.id and n.line_no = p.part
union all
select
    number as order_key,
    900001 as line_no,
    '' as sku,
    'Fees' as title,
    null as vendor,
    null as category,
    'fee' as kind,
    0 as units,
    fees as unit_price,
    cast(fees as decimal(18, 4)) as listed,
    cast(0 as decimal(18, 4)) as line_discount
from sums
where fees <> 0;

create or replace table heads as
select
    number as order_key,
    number as order_name,
    woocommerce_counts(status) as is_counted,
    sold_at,
    sold_instant,
    currency,
    'Online store' as channel,
    country,
    region,
    case when email is not null then person(email, getvariable('hash_key')) else 'c:' || customer end as customer_key,
    status as financial_status,
    payment_method,
    cast(null as varchar) as fulfillment_status,
    coupons as discount_codes,
    cast(null as varchar) as tags,
    shipping,
    tax,
    0 as duties,
    off_goods,
    total as printed_total,
    -- an order that says it was refunded was, even where the amount is not exported
    case when status = 'refunded' and refund = 0 then total else refund end as refunded,
    'Order Total Amount is not Subtotal − Discount + Shipping + Fees + Tax' as identity,
    case when is_mixed then 'The rows of this order disagree about its own amounts' end as problem,
    cast(null as varchar) as fine_print,
    modified_on as updated_on,
    paid_on,
    completed_on,
    rows
from sums;

create or replace table lines_back as
select
    order_key,
    line_no as part,
    cast(amount_back as decimal(18, 4)) as amount,
    units_back as units,
    -- an amount that was given back without goods leaves the quantity as it is
    true as is_return,
    case when is_inferred then 'missing_units' end as inferred_from
from net_lines
where amount_back > 0;

create or replace table dated_refunds as
with refund_rows as (
    select
        number as order_key,
        head,
        min(sold_at) as refunded_at,
        -min(total) as amount
    from kept
    where is_refund
    group by number, head
),

-- repeated on each of its items, a refund is one all the same
refunds as (
    select distinct
        order_key,
        refunded_at,
        amount
    from refund_rows
)

select
    *,
    row_number() over (partition by order_key order by refunded_at, amount) as refund_no
from refunds;
