-- Shopify orders export -> orders_new (one row an order), items_new (one a line), reversals_new (one a part of what was
-- taken back), records (what became of every row) and rejects. One row of the file is a line item; the first row of an
-- order carries the order's own columns, its continuation rows only the line.

create or replace table typed as
select
    record,
    name,
    nullif(regexp_replace(id, '^''', ''), '') as id,
    (financial_status is not null or total is not null or subtotal is not null) as is_head,
    lower(coalesce(financial_status, 'paid')) as financial_status,
    lower(fulfillment_status) as fulfillment_status,
    email,
    upper(trim(currency)) as currency,
    to_moment(created_at, getvariable('day_first')) as created_local,
    to_instant(created_at) as created_instant,
    cast(to_moment(cancelled_at, getvariable('day_first')) as date) as cancelled_on,
    to_number(subtotal, getvariable('decimal_comma')) as subtotal,
    to_number(shipping, getvariable('decimal_comma')) as shipping,
    to_number(taxes, getvariable('decimal_comma')) as taxes,
    to_number(total, getvariable('decimal_comma')) as total,
    to_number(discount_amount, getvariable('decimal_comma')) as discount_amount,
    to_number(refunded_amount, getvariable('decimal_comma')) as refunded_amount,
    to_number(duties, getvariable('decimal_comma')) as duties,
    discount_code,
    source,
    tags,
    coalesce(shipping_country, billing_country, 'unknown') as country,
    coalesce(shipping_province, billing_province) as region,
    to_number(lineitem_quantity, getvariable('decimal_comma')) as quantity,
    to_number(lineitem_price, getvariable('decimal_comma')) as price,
    coalesce(to_number(lineitem_discount, getvariable('decimal_comma')), 0) as line_discount,
    coalesce(regexp_replace(lineitem_sku, '^''', ''), '') as sku,
    lineitem_name as title,
    -- a spreadsheet writes its own language's word
    coalesce(lower(trim(lineitem_taxable)), '') not in ('false', 'falsch', 'faux', 'falso', 'onwaar', 'no', '0') as is_taxable,
    coalesce(lower(trim(lineitem_requires_shipping)), '') not in ('false', 'falsch', 'faux', 'falso', 'onwaar', 'no', '0')
        as is_shipped,
    vendor
from source;

-- Rows that cannot be read, each with the column at fault.
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
    from typed as t
    inner join source as s on t.record = s.record
    where not coalesce(s.is_blank, false)
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
from typed
where is_head and record not in (select record from rejects);

create or replace table keyed as
select
    h.head,
    h.name,
    coalesce(known.order_key, h.id, h.name) as order_key,
    row_number() over (partition by coalesce(known.order_key, h.id, h.name) order by h.head desc) as from_last
from heads as h
left join known_orders as known on h.name = known.order_name and (h.id is null or known.order_key = known.order_name);

create or replace table belongs as
select
    t.record,
    coalesce(above.head, below.head) as head
from (select record, name, is_head from typed where record not in (select record from rejects)) as t
asof left join heads as above on t.name = above.name and t.record >= above.head
left join (select name, min(head) as head from heads group by name) as below on t.name = below.name;

insert into rejects
select
    t.record,
    'Name' as column_name,
    t.name as value,
    'the first row of this order is missing or was set aside' as reason
from belongs as b
inner join typed as t on b.record = t.record
inner join source as s on t.record = s.record
where b.head is null and not coalesce(s.is_blank, false);

create or replace table records as
select
    s.record,
    case
        when coalesce(s.is_blank, false) then 'ignored'
        when b.head is null then 'rejected'
        when k.from_last > 1 or s.record in (select record from repeats) then 'duplicate'
        else 'fact'
    end as state,
    k.order_key
from source as s
left join belongs as b on s.record = b.record
left join keyed as k on b.head = k.head;

-- Lines, each with what it is. A tip or a gift card is money collected, not a sale.
create or replace table lines as
select
    r.order_key,
    b.head,
    t.record,
    coalesce(p.line_no, t.record - b.head + 1) as line_no,
    t.sku,
    coalesce(t.title, t.sku) as title,
    t.vendor,
    t.quantity as units,
    t.price as unit_price,
    t.is_taxable,
    t.line_discount,
    cast(cast(t.quantity as decimal(20, 6)) * t.price as decimal(18, 4)) as listed,
    case
        when
            t.sku = '' and not t.is_shipped
            and lower(trim(t.title)) in ('tip', 'tips', 'trinkgeld', 'pourboire', 'propina', 'mancia', 'fooi', 'gorjeta', 'dricks')
            then 'tip'
        when
            not t.is_shipped and not t.is_taxable
            and regexp_matches(
                lower(t.title),
                'gift ?(card|voucher)|geschenk(karte|gutschein)|carte[- ]cadeau|tarjeta (de )?regalo|buono regalo|cadeaubon'
            )
            then 'gift_card'
        else 'product'
    end as kind
from records as r
inner join belongs as b on r.record = b.record
inner join typed as t on r.record = t.record
left join line_places as p on r.record = p.record
where r.state = 'fact';

-- Each order's printed money beside its lines, and what that money says: was the discount taken off shipping,
-- is tax inside the prices.
create or replace table sums as
with totals as (
    select
        order_key,
        head,
        count(*) as rows,
        sum(listed) filter (where kind <> 'tip') as listed,
        sum(listed) filter (where kind = 'tip') as tips,
        sum(line_discount) filter (where kind <> 'tip') as line_discounts,
        fingerprint(concat_ws('|', sku, title, units, unit_price, line_discount, kind, is_taxable)) as line_print
    from lines
    group by order_key, head
),

printed as (
    select
        l.order_key,
        l.rows,
        l.line_print,
        t.record as head,
        t.name,
        coalesce(t.currency, getvariable('currency')) as currency,
        coalesce(l.listed, 0) as listed,
        coalesce(l.tips, 0) as tips,
        coalesce(l.line_discounts, 0) as line_discounts,
        t.subtotal,
        coalesce(t.shipping, 0) as shipping,
        coalesce(t.taxes, 0) as taxes,
        coalesce(t.duties, 0) as duties,
        coalesce(t.discount_amount, 0) as discount_amount,
        coalesce(t.refunded_amount, 0) as refunded,
        t.total
    from totals as l
    inner join typed as t on l.head = t.record
),

discounted as (
    select
        *,
        case
            when listed - subtotal in (0, discount_amount) then listed - subtotal
            when listed - subtotal between 0 and discount_amount and total - subtotal - shipping - tips - duties
                in (listed - subtotal - discount_amount, listed - subtotal - discount_amount + taxes) then listed - subtotal
            -- the printed money contradicts itself: the lines and the discount stand, the order is named unreconciled
            else least(discount_amount, listed)
        end as off_goods
    from printed
),

decided as (
    select
        *,
        -- a discount that left the subtotal gross was taken off shipping, unless shipping is printed net of it
        case
            when total - subtotal - shipping - tips - duties in (off_goods - discount_amount, off_goods - discount_amount + taxes)
                then discount_amount - off_goods
            else 0
        end as off_shipping,
        total - (subtotal + shipping - off_shipping + tips + duties) as above_included
    from discounted
),

mode as (
    select count(*) filter (where above_included = 0) > count(*) filter (where above_included = taxes) as is_included
    from decided
    where taxes <> 0
)

select
    d.*,
    case
        when d.taxes = 0 then false
        when d.above_included = 0 then true
        when d.above_included = d.taxes then false
        else coalesce(mode.is_included, false)
    end as is_included
from decided as d
cross join mode;

-- The order's discount beyond its lines' own, spread over the lines by what is left of their value.
create or replace table to_spread as
select
    l.order_key as id,
    l.line_no as part,
    l.listed - l.line_discount as weight,
    s.off_goods - s.line_discounts as total,
    minor_unit(s.currency) as unit
from lines as l
inner join sums as s on l.order_key = s.order_key
where l.kind <> 'tip' and s.off_goods <> s.line_discounts;

create or replace table discounted_lines as
select
    l.*,
    case when l.kind = 'tip' then 0 else l.line_discount end + coalesce(p.share, 0) as listed_discount
from lines as l
left join spread('to_spread') as p on l.order_key = p.id and l.line_no = p.part;

-- Tax inside the prices comes out of taxable lines and shipping (part 0) by discounted value.
create or replace table to_spread as
with taxed as (
    select
        l.order_key,
        l.line_no,
        l.listed - l.listed_discount as value,
        l.is_taxable
    from discounted_lines as l
    where l.kind = 'product'
    union all
    select
        order_key,
        0 as line_no,
        shipping - off_shipping as value,
        true as is_taxable
    from sums
),

flagged as (
    select
        *,
        bool_or(is_taxable and line_no > 0) over (partition by order_key) as has_taxable
    from taxed
)

select
    f.order_key as id,
    f.line_no as part,
    case when f.is_taxable or not f.has_taxable then f.value else 0 end as weight,
    s.taxes as total,
    minor_unit(s.currency) as unit
from flagged as f
inner join sums as s on f.order_key = s.order_key
where s.is_included;

create or replace table inside_tax as
select * from spread('to_spread');

create or replace table items_new as
select
    l.order_key,
    l.line_no,
    l.sku,
    l.title,
    l.vendor,
    cast(null as varchar) as category,
    l.kind,
    t.created_local as sold_at,
    l.units,
    l.unit_price,
    cast(
        case
            when coalesce(x.share, 0) = 0 or l.listed = l.listed_discount then l.listed
            else minor_unit(s.currency) * (
                (
                    2 * cast(l.listed / minor_unit(s.currency) as hugeint)
                    * cast((l.listed - l.listed_discount - x.share) / minor_unit(s.currency) as hugeint)
                    + cast((l.listed - l.listed_discount) / minor_unit(s.currency) as hugeint)
                ) // (2 * cast((l.listed - l.listed_discount) / minor_unit(s.currency) as hugeint))
            )
        end as decimal(18, 4)
    ) as amount,
    cast(amount - (l.listed - l.listed_discount - coalesce(x.share, 0)) as decimal(18, 4)) as discount
from discounted_lines as l
inner join typed as t on l.head = t.record
inner join sums as s on l.order_key = s.order_key
left join inside_tax as x on l.order_key = x.id and l.line_no = x.part;

create or replace table orders_new as
with collected as (
    select
        order_key,
        sum(amount - discount) as lines_net
    from items_new
    group by order_key
)

select
    s.order_key,
    s.name as order_name,
    'order' as kind,
    t.financial_status <> 'voided'
    and not (t.cancelled_on is not null and t.financial_status in ('pending', 'authorized', 'expired')) as is_counted,
    t.created_instant as ordered_at,
    cast(t.created_local as date) as ordered_on,
    s.currency,
    case t.source
        when 'web' then 'Online store'
        when 'pos' then 'Point of sale'
        when 'shopify_draft_order' then 'Draft orders'
        when 'iphone' then 'Shopify app'
        when 'android' then 'Shopify app'
        else coalesce(t.source, 'unknown')
    end as channel,
    t.country,
    t.region,
    case when t.email is not null then person(t.email, getvariable('hash_key')) end as customer_key,
    t.financial_status,
    t.fulfillment_status,
    t.cancelled_on,
    t.discount_code as discount_codes,
    t.tags,
    s.is_included as prices_include_tax,
    cast(s.shipping - s.off_shipping - coalesce(x.share, 0) as decimal(18, 4)) as shipping,
    cast(s.taxes as decimal(18, 4)) as tax,
    cast(s.duties as decimal(18, 4)) as duties,
    cast(s.total as decimal(18, 4)) as document_total,
    cast(s.refunded as decimal(18, 4)) as refunded,
    cast(
        s.total - (
            c.lines_net + s.shipping - s.off_shipping - coalesce(x.share, 0) + s.taxes + s.duties
        ) as decimal(18, 4)
    ) as difference,
    case
        when s.off_goods <> s.listed - s.subtotal then 'Subtotal is not the lines minus Discount Amount'
        when difference <> 0 then 'Total is not Subtotal + Shipping + Taxes'
        when s.refunded > s.total then 'Refunded Amount is above Total'
        when s.refunded < 0 then 'Refunded Amount is below zero'
    end as unreconciled,
    cast(
        fingerprint(
            concat_ws(
                '|', s.line_print, t.created_local, t.financial_status, t.fulfillment_status, t.cancelled_on, s.currency, s.subtotal,
                s.shipping, s.taxes, s.total, s.discount_amount, s.refunded, s.duties, t.source, t.country, t.region,
                t.email, t.discount_code, t.tags
            )
        ) as varchar
    ) as fingerprint,
    any_value(s.rows) as rows
from sums as s
inner join typed as t on s.head = t.record
inner join collected as c on s.order_key = c.order_key
left join inside_tax as x on s.order_key = x.id and x.part = 0
group by all;
