-- The rows of a table of order lines (see order_line_rows) -> items_new and taken, what it takes back. A negative quantity
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

-- A line that takes back what its own order sold needs no other purchase.
create or replace table sold_orders as
select distinct order_name
from told as s
semi join taken as t on s.order_name = t.order_name
where kind is null;

-- What else could have been taken back: the goods of customers who took just those back later, at the same price.
create or replace table purchases as
select
    s.record,
    s.order_name,
    s.customer_key,
    s.sku,
    s.unit_price,
    s.sold_at,
    s.quantity
from told as s
semi join taken as t on s.customer_key = t.customer_key and s.sku = t.sku and s.unit_price = t.unit_price
where s.kind is null and s.quantity > 0 and s.line_kind = 'product';

create or replace table undone as
select
    record,
    record as purchase,
    taken_units
from taken
where false;
