-- The lines and heads of a Shopify orders export -> orders_new (one row an order) and items_new (one a line). What was taken
-- back follows in shopify_refunds.

-- Each order's printed money beside its lines, and what that money says: was the discount taken off shipping,
-- is tax inside the prices.
create or replace table sums as
with totals as (
    select
        head,
        count(*) as rows,
        sum(listed) filter (where kind <> 'tip') as listed,
        sum(listed) filter (where kind = 'tip') as tips,
        sum(line_discount) filter (where kind <> 'tip') as line_discounts,
        fingerprint(concat_ws('|', sku, title, units, unit_price, line_discount, kind, is_taxable)) as line_print
    from lines
    group by head
),

printed as (
    select
        k.order_key,
        l.rows,
        l.line_print,
        t.record as head,
        t.name,
        t.created_local,
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
    inner join head_cells as t on l.head = t.record
    inner join keyed as k on l.head = k.head
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
    l.head as id,
    l.line_no as part,
    l.listed - l.line_discount as weight,
    s.off_goods - s.line_discounts as total,
    minor_unit(s.currency) as unit
from lines as l
inner join sums as s on l.head = s.head
where l.kind <> 'tip' and s.off_goods <> s.line_discounts;

create or replace table off_lines as
select
    id as head,
    part as line_no,
    share
from spread('to_spread');

create or replace view discounted_lines as
select
    l.*,
    case when l.kind = 'tip' then 0 else l.line_discount end + coalesce(p.share, 0) as listed_discount
from lines as l
left join off_lines as p on l.head = p.head and l.line_no = p.line_no;

-- Tax inside the prices comes out of taxable lines and shipping (part 0) by discounted value.
create or replace table to_spread as
with taxed as (
    select
        l.head,
        l.line_no as part,
        l.listed - l.listed_discount as value,
        l.is_taxable
    from discounted_lines as l
    inner join sums as s on l.head = s.head
    where l.kind = 'product' and s.is_included
    union all
    select
        head,
        0 as part,
        shipping - off_shipping as value,
        true as is_taxable
    from sums
    where is_included
),

flagged as (
    select
        *,
        bool_or(is_taxable and part > 0) over (partition by head) as has_taxable
    from taxed
)

select
    f.head as id,
    f.part,
    case when f.is_taxable or not f.has_taxable then f.value else 0 end as weight,
    s.taxes as total,
    minor_unit(s.currency) as unit
from flagged as f
inner join sums as s on f.head = s.head;

create or replace table inside_tax as
select * from spread('to_spread');

create or replace table items_new as
with valued as (
    select
        s.order_key,
        l.head,
        l.line_no,
        l.sku,
        l.title,
        l.vendor,
        l.kind,
        s.created_local as sold_at,
        l.units,
        l.unit_price,
        l.listed,
        l.listed_discount,
        x.share,
        minor_unit(s.currency) as unit
    from discounted_lines as l
    inner join sums as s on l.head = s.head
    left join inside_tax as x on l.head = x.id and l.line_no = x.part
)

select
    order_key,
    line_no,
    sku,
    title,
    vendor,
    cast(null as varchar) as category,
    kind,
    sold_at,
    units,
    unit_price,
    cast(
        case
            when share is null or share = 0 or listed = listed_discount then listed
            else unit * (
                (
                    2 * cast(listed / unit as hugeint) * cast((listed - listed_discount - share) / unit as hugeint)
                    + cast((listed - listed_discount) / unit as hugeint)
                ) // (2 * cast((listed - listed_discount) / unit as hugeint))
            )
        end as decimal(18, 4)
    ) as amount,
    cast(amount - (listed - listed_discount - coalesce(share, 0)) as decimal(18, 4)) as discount,
    head
from valued;

create or replace table orders_new as
with collected as (
    select
        head,
        sum(amount - discount) as lines_net
    from items_new
    group by head
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
    t.payment_method,
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
        one_fingerprint(
            concat_ws(
                '|', s.line_print, t.created_local, t.financial_status, t.fulfillment_status, t.cancelled_on, s.currency, s.subtotal,
                s.shipping, s.taxes, s.total, s.discount_amount, s.refunded, s.duties, t.source, t.country, t.region,
                t.email, t.discount_code, t.tags, t.payment_method
            )
        ) as varchar
    ) as fingerprint,
    s.rows,
    s.head
from sums as s
inner join head_cells as t on s.head = t.record
inner join collected as c on s.head = c.head
left join (select id, share from inside_tax where part = 0) as x on s.head = x.id;
