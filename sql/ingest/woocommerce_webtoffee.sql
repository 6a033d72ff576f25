-- WebToffee's order export -> heads, lines, lines_back, dated_refunds, records and rejects, from which sold_orders and the
-- scripts after it make the facts. A row is an order; each item is a cell `name:…|sku:…|quantity:2|total:36.00|sub_total:40.00`,
-- total after and sub_total before the discount, both without tax. Refunds are `amount:…|reason:…|date:…`, parted by ;

create or replace table typed as
select
    record,
    is_blank,
    true as is_head,
    cast(null as varchar) as id,
    nullif(regexp_replace(trim(coalesce(number, id)), '^#', ''), '') as number,
    woocommerce_status(status) as status,
    to_moment(date, getvariable('day_first')) as sold_at,
    to_instant(date) as sold_instant,
    cast(to_moment(paid, getvariable('day_first')) as date) as paid_on,
    cast(to_moment(completed, getvariable('day_first')) as date) as completed_on,
    coalesce(upper(trim(currency)), getvariable('currency')) as currency,
    email,
    nullif(trim(customer), '0') as customer,
    coalesce(shipping_country, billing_country) as country,
    coalesce(shipping_state, billing_state) as region,
    trim(payment_method) as payment_method,
    to_number(shipping, getvariable('decimal_comma')) as shipping,
    to_number(fees, getvariable('decimal_comma')) as fees,
    to_number(tax, getvariable('decimal_comma')) as tax,
    to_number(discount, getvariable('decimal_comma')) as discount,
    to_number(total, getvariable('decimal_comma')) as total,
    array_to_string(regexp_extract_all(coupons, '(?:^|;)code:([^|;]*)', 1), ', ') as coupons,
    refunds,
    regexp_extract_all(refunds, '(?:^|;) *amount:([0-9]+(?:\.[0-9]+)?)\|', 1) as refund_amounts,
    regexp_extract_all(refunds, '\|date:([0-9]{4}-[0-9]{2}-[0-9]{2}[ 0-9:]*)(?:;|$)', 1) as refund_dates
from source;

-- A cell that speaks of a gift card says how the order was paid, not what was sold.
create or replace table item_cells as
select
    record,
    cast(regexp_extract(cell, '[0-9]+$') as integer) as line_no,
    text,
    trim(regexp_extract(text, '^name:(.*?)\|(product_id|sku|quantity):', 1, 's')) as title,
    trim(regexp_extract(text, '\|sku:([^|]*)', 1)) as sku,
    to_number(regexp_extract(text, '\|quantity:([^|]*)', 1), false) as units,
    to_number(regexp_extract(text, '\|total:([^|]*)', 1), false) as net,
    to_number(nullif(regexp_extract(text, '\|sub_total:([^|]*)', 1), ''), false) as listed,
    coalesce(to_number(nullif(regexp_extract(text, '\|refunded:-?([^|]*)', 1), ''), false), 0) as refunded
from (
    unpivot (select record, columns('^line_[0-9]+$') from source)
    on columns(* exclude (record))
    into name cell value text
)
where not starts_with(text, 'giftcard');

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
                'column_name': 'order_number', 'value': coalesce(s.number, s.id),
                'is_bad': t.number is null or regexp_full_match(t.number, '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+'),
                'reason': case
                    when t.number is null then 'the order number is missing'
                    else 'a spreadsheet has rounded this order number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'order_date', 'value': s.date, 'is_bad': t.sold_at is null,
                'reason': case when s.date is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'order_total', 'value': s.total, 'is_bad': t.total is null,
                'reason': case when s.total is null then 'the amount is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'shipping_total', 'value': s.shipping, 'is_bad': s.shipping is not null and t.shipping is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'fee_total', 'value': s.fees, 'is_bad': s.fees is not null and t.fees is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'tax_total', 'value': s.tax, 'is_bad': s.tax is not null and t.tax is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'discount_total', 'value': s.discount, 'is_bad': s.discount is not null and t.discount is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'order_currency', 'value': s.currency, 'is_bad': not regexp_full_match(t.currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
            },
            {
                -- a reason may name a person: it is not shown
                'column_name': 'refund_items', 'value': cast(null as varchar),
                'is_bad': s.refunds is not null and len(t.refund_amounts) = 0, 'reason': 'this is not a list of refunds'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not s.is_blank
)
where bad.is_bad
union all
select
    record,
    'line_item_' || line_no as column_name,
    left(text, 60) as value,
    'this item has no readable name, quantity or total' as reason
from item_cells
where units is null or net is null or (title = '' and sku = '') or abs(units) >= 10000000000 or abs(net) >= 10000000000000;

create or replace table records as
select
    t.record,
    case
        when t.is_blank then 'ignored'
        when t.record in (select record from rejects) then 'rejected'
        when row_number() over (
            partition by t.number, t.is_blank, t.record in (select record from rejects) order by t.record desc
        ) > 1 then 'duplicate'
        else 'fact'
    end as state,
    t.number as order_key
from typed as t;

create or replace table sold as
select
    t.number as order_key,
    t.currency,
    coalesce(t.discount, 0) as off_goods,
    c.*,
    -- where no item says what it cost before the discount, the order's discount is put back on top
    count(c.listed) over (partition by t.record) = 0 as is_without_listed
from item_cells as c
inner join typed as t on c.record = t.record
inner join records as r on c.record = r.record
where r.state = 'fact';

create or replace table to_spread as
select
    order_key as id,
    line_no as part,
    net as weight,
    off_goods as total,
    minor_unit(currency) as unit
from sold
where is_without_listed and off_goods <> 0;

create or replace table lines as
select
    s.order_key,
    s.line_no,
    s.sku,
    case when s.title = '' then s.sku else s.title end as title,
    cast(null as varchar) as vendor,
    cast(null as varchar) as category,
    'product' as kind,
    s.units,
    case
        when s.units = 0 then coalesce(s.listed, s.net + coalesce(p.share, 0))
        else coalesce(s.listed, s.net + coalesce(p.share, 0)) / s.units
    end as unit_price,
    cast(coalesce(s.listed, s.net + coalesce(p.share, 0)) as decimal(18, 4)) as listed,
    cast(coalesce(s.listed - s.net, p.share, 0) as decimal(18, 4)) as line_discount
from sold as s
left join spread('to_spread') as p on s.order_key = p.id and s.line_no = p.part
union all
select
    t.number as order_key,
    900001 as line_no,
    '' as sku,
    'Fees' as title,
    null as vendor,
    null as category,
    'fee' as kind,
    0 as units,
    t.fees as unit_price,
    cast(t.fees as decimal(18, 4)) as listed,
    cast(0 as decimal(18, 4)) as line_discount
from typed as t
inner join records as r on t.record = r.record
where r.state = 'fact' and t.fees <> 0;

create or replace table heads as
with discounts as (
    select
        order_key,
        sum(line_discount) as off_goods,
        sum(listed) as listed
    from lines
    where kind = 'product'
    group by order_key
),

back as (
    select
        order_key,
        sum(refunded) as refunded
    from sold
    group by order_key
)

select
    t.number as order_key,
    t.number as order_name,
    woocommerce_counts(t.status) as is_counted,
    t.sold_at,
    t.sold_instant,
    t.currency,
    'Online store' as channel,
    t.country,
    t.region,
    case when t.email is not null then person(t.email, getvariable('hash_key')) else 'c:' || t.customer end as customer_key,
    t.status as financial_status,
    t.payment_method,
    cast(null as varchar) as fulfillment_status,
    nullif(t.coupons, '') as discount_codes,
    cast(null as varchar) as tags,
    coalesce(t.shipping, 0) as shipping,
    coalesce(t.tax, 0) as tax,
    0 as duties,
    coalesce(d.off_goods, 0) as off_goods,
    t.total as printed_total,
    case
        when len(t.refund_amounts) > 0 then list_sum([cast(amount as decimal(18, 4)) for amount in t.refund_amounts])
        when t.status = 'refunded' then t.total
        else coalesce(b.refunded, 0)
    end as refunded,
    'order_total is not the items + shipping + fees + tax' as identity,
    case when t.discount <> d.off_goods then 'The items carry another discount than discount_total' end as problem,
    concat_ws('|', t.refund_dates, t.refund_amounts) as fine_print,
    cast(null as date) as updated_on,
    t.paid_on,
    t.completed_on,
    1 as rows
from typed as t
inner join records as r on t.record = r.record
left join discounts as d on t.number = d.order_key
left join back as b on t.number = b.order_key
where r.state = 'fact';

create or replace table lines_back as
select
    order_key,
    line_no as part,
    cast(refunded as decimal(18, 4)) as amount,
    cast(null as decimal(18, 6)) as units,
    -- a line paid back whole came back; a part of one may have been a kindness
    bool_and(refunded = net) over (partition by order_key) as is_return,
    'whole_lines' as inferred_from
from sold
where refunded > 0;

create or replace table dated_refunds as
select
    t.number as order_key,
    unnest(range(1, len(t.refund_amounts) + 1)) as refund_no,
    cast(unnest(t.refund_dates) as timestamp) as refunded_at,
    cast(unnest(t.refund_amounts) as decimal(18, 4)) as amount
from typed as t
inner join records as r on t.record = r.record
where r.state = 'fact' and len(t.refund_amounts) = len(t.refund_dates) and len(t.refund_amounts) > 0;
