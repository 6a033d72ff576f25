-- The rows of a table of order lines (see order_line_rows) -> orders_new, items_new and reversals_new. A negative quantity
-- takes back what an earlier line sold; a document whose number starts with C and digits is a cancellation. Lines that are
-- charges by their own title (postage, fees, manual entries) are told apart from goods.

create or replace table kinds_of_line as
select * from (
    values
    ('postage', 'shipping'), ('dotcom postage', 'shipping'), ('carriage', 'shipping'), ('shipping', 'shipping'),
    ('versand', 'shipping'), ('versandkosten', 'shipping'), ('delivery', 'shipping'), ('manual', 'manual'),
    ('discount', 'discount'), ('rabatt', 'discount'), ('samples', 'sample'), ('adjust bad debt', 'bad_debt'),
    ('bank charges', 'bank_charge'), ('amazon fee', 'marketplace_fee'), ('cruk commission', 'commission'),
    ('tip', 'tip'), ('trinkgeld', 'tip')
) as known (title, line_kind);

create or replace table codes_of_line as
select * from (
    values
    ('POST', 'shipping'), ('DOT', 'shipping'), ('C2', 'shipping'), ('M', 'manual'), ('D', 'discount'), ('S', 'sample'),
    ('B', 'bad_debt'), ('BANK CHARGES', 'bank_charge'), ('AMAZONFEE', 'marketplace_fee'), ('CRUK', 'commission')
) as known (sku, line_kind);

-- Names of lines that are no goods but charges.
create or replace table charges as
select *
from (
    select
        n.sku,
        n.title,
        case
            when c.line_kind is not null and (k.line_kind is not null or n.title = '') then c.line_kind
            when k.line_kind is not null and (n.sku = '' or not regexp_matches(n.sku, '[0-9]')) then k.line_kind
            when regexp_matches(lower(n.title), 'gift ?voucher|gift ?card|geschenkgutschein') then 'gift_card'
        end as line_kind
    from (select distinct sku, title from typed) as n
    left join kinds_of_line as k on lower(n.title) = k.title
    left join codes_of_line as c on upper(n.sku) = c.sku
)
where line_kind is not null;

-- Each line with what it is: goods or a charge (line_kind), sold or taken back (kind).
create or replace view told as
with named as (
    select
        t.*,
        case
            when t.said_kind in ('shipping', 'shipping_refund') then 'shipping'
            when t.said_kind in ('tip', 'gift_card', 'duties', 'fee', 'manual', 'discount') then t.said_kind
            when t.said_kind = 'return_fee' then 'fee'
            when t.said_kind is not null then 'product'
            when n.line_kind is null and t.quantity < 0 and coalesce(t.line_total, t.unit_price) = 0
                and not regexp_matches(t.order_name, '^C[0-9]') then 'stock_adjustment'
            else coalesce(n.line_kind, 'product')
        end as line_kind,
        t.order_name[1:1] = 'C' and t.order_name[2:2] between '0' and '9' as is_cancellation,
        case
            -- a line that says it takes back does, whichever sign it is printed with
            when t.said_kind in ('return', 'cancellation', 'goodwill', 'chargeback', 'shipping_refund')
                then -abs(cast(coalesce(t.line_total, cast(t.quantity as decimal(20, 6)) * t.unit_price) as decimal(18, 4)))
            when t.line_total > 0 and t.quantity < 0 then -cast(t.line_total as decimal(18, 4))
            when t.line_total is null then line_amount(t.quantity, t.unit_price)
            else cast(t.line_total as decimal(18, 4))
        end as amount
    from facts as t
    left join charges as n on t.sku = n.sku and t.title = n.title
)

select
    * exclude (unit_price, discount, tax, is_doubtful),
    -- what is taken back takes its discount and tax with it, whichever sign they are printed with
    case when amount < 0 then -abs(discount) else discount end as discount,
    case when amount < 0 then -abs(tax) else tax end as tax,
    -- the price as a floating number is what fingerprints and matches go by
    case when unit_price is not null then unit_price when quantity <> 0 then amount / quantity else amount end as unit_price,
    coalesce(unit_price, case when quantity <> 0 then cast(amount / quantity as decimal(18, 6)) else amount end) as exact_price,
    case
        when said_kind in ('return', 'cancellation', 'goodwill', 'chargeback', 'shipping_refund', 'return_fee') then said_kind
        when is_cancellation and quantity < 0 then 'cancellation'
        when quantity < 0 and line_kind not in ('stock_adjustment', 'discount') then 'return'
    end as kind
from named;

create or replace table firsts as
select
    order_name,
    min(record) as first_record,
    min(sold_at) as ordered_at
from facts
group by order_name;

create or replace view lines as
select
    t.*,
    t.record - f.first_record + 1 as line_no,
    f.ordered_at
from told as t
inner join firsts as f on t.order_name = f.order_name;

create or replace view items_new as
select
    order_name as order_key,
    line_no,
    sku,
    case when title = '' then sku else title end as title,
    vendor,
    category,
    line_kind as kind,
    sold_at,
    quantity as units,
    cast(exact_price as decimal(18, 6)) as unit_price,
    amount,
    cast(discount as decimal(18, 4)) as discount
from lines
where kind is null
union all
-- the tax of a line sold after the order's day, as in an exchange, belongs to the line's own day
select
    order_name as order_key,
    -line_no as line_no,
    '' as sku,
    'Tax' as title,
    null as vendor,
    null as category,
    'tax' as kind,
    sold_at,
    0 as units,
    0 as unit_price,
    cast(tax as decimal(18, 4)) as amount,
    0 as discount
from lines
where kind is null and tax <> 0 and cast(sold_at as date) > cast(ordered_at as date);

create or replace table taken as
select
    *,
    abs(quantity) as taken_units
from lines
where kind is not null;

-- A line that takes back belongs to the day of the purchase it undoes: the same order's, else the customer's last earlier
-- purchase of that product at that price with at least as many units; else its own day, and it is named as unmatched.
create or replace table reversals_new as
with purchases as (
    -- of purchases at one moment the largest stands for all
    select
        customer_key,
        sku,
        unit_price,
        sold_at,
        arg_max(order_name, (quantity, order_name)) as order_name,
        max(quantity) as quantity
    from told as s
    semi join taken as t on s.customer_key = t.customer_key and s.sku = t.sku and s.unit_price = t.unit_price
    where kind is null and quantity > 0 and line_kind = 'product'
    group by customer_key, sku, unit_price, sold_at
),

sold_orders as (
    select distinct order_name
    from told as s
    semi join taken as t on s.order_name = t.order_name
    where kind is null
),

matched as (
    select
        t.*,
        s.order_name is not null as is_same_order,
        case when t.taken_units <= p.quantity then p.order_name end as purchase,
        f.ordered_at as purchased_at
    from taken as t
    left join sold_orders as s on t.order_name = s.order_name
    asof left join purchases as p
        on
            t.customer_key = p.customer_key and t.sku = p.sku and t.unit_price = p.unit_price
            and t.sold_at >= p.sold_at
    left join firsts as f on p.order_name = f.order_name
)

select
    order_name as order_key,
    line_no as part_no,
    sku,
    case when title = '' then sku else title end as title,
    kind,
    line_kind,
    sold_at as booked_at,
    case
        when is_same_order then cast(ordered_at as date)
        when purchase is not null then cast(purchased_at as date)
        else cast(sold_at as date)
    end as ordered_on,
    case when is_same_order then order_name else purchase end as original_order_key,
    case when kind in ('return', 'cancellation') and line_kind = 'product' then taken_units end as units,
    cast(unit_price as decimal(18, 6)) as unit_price,
    cast(case when kind = 'return_fee' then -abs(amount) else discount - amount end as decimal(18, 4)) as amount,
    cast(null as boolean) as is_restocked,
    case when not is_same_order and purchase is not null then 'same_customer_product_price' end as inferred_from,
    false as is_date_assumed
from matched;

-- The tax of what is taken back goes back with it, on its day.
insert into reversals_new
select
    r.* replace (
        -r.part_no as part_no,
        null as sku,
        null as title,
        'tax' as line_kind,
        null as units,
        null as unit_price,
        cast(-l.tax as decimal(18, 4)) as amount
    )
from reversals_new as r
inner join taken as l on r.order_key = l.order_name and r.part_no = l.line_no
where l.tax <> 0;

create or replace table orders_new as
with facts as (
    select
        order_name,
        count(*) as rows,
        min(sold_at) as first_at,
        min(sold_instant) as first_instant,
        min(record) as first_record,
        min(currency) <> max(currency) as has_currencies,
        arg_min(customer_key, record) filter (where customer_key is not null) as customer_key,
        arg_min(region, record) as region,
        bool_or(kind is null and line_kind in ('product', 'gift_card') and quantity > 0) as is_order,
        bool_or(kind is not null) as has_reversals,
        bool_or(has_tax_inside) as has_tax_inside,
        sum(tax) as tax,
        coalesce(sum(tax) filter (where kind is null and cast(sold_at as date) = cast(ordered_at as date)), 0) as first_tax,
        coalesce(sum(amount - discount + tax) filter (where kind is not null), 0) as taken_back,
        sum(amount - discount) as lines_total,
        fingerprint(
            concat_ws(
                '|', sold_at, sku, title, quantity, unit_price, line_total, discount, tax, currency, customer_key, country,
                region, channel, said_kind
            )
        ) as fingerprint
    from lines
    group by order_name
)

select
    order_name as order_key,
    order_name,
    case when is_order then 'order' when has_reversals then 'cancellation' else 'adjustment' end as kind,
    true as is_counted,
    first_instant as ordered_at,
    cast(first_at as date) as ordered_on,
    l.currency,
    l.channel,
    l.country,
    region,
    customer_key,
    cast(null as varchar) as financial_status,
    cast(null as varchar) as fulfillment_status,
    cast(null as date) as cancelled_on,
    cast(null as varchar) as discount_codes,
    cast(null as varchar) as tags,
    has_tax_inside as prices_include_tax,
    cast(0 as decimal(18, 4)) as shipping,
    cast(first_tax as decimal(18, 4)) as tax,
    cast(0 as decimal(18, 4)) as duties,
    cast(lines_total + tax as decimal(18, 4)) as document_total,
    cast(-taken_back as decimal(18, 4)) as refunded,
    cast(0 as decimal(18, 4)) as difference,
    case when has_currencies then 'Lines of one order are in several currencies' end as unreconciled,
    cast(fingerprint as varchar) as fingerprint,
    rows
from facts as f
inner join (select record, currency, channel, country from typed) as l on f.first_record = l.record;

create or replace table file_notices as
select
    'same_lines' as notice,
    sum(same - 1) as value
from (
    select count(*) as same
    from facts
    group by hash(order_name, sold_at, sku, title, quantity, unit_price, line_total, discount, customer_key, country)
)
having sum(same - 1) > 0;
