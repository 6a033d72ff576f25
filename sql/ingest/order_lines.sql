-- A table of order lines -> orders_new, items_new, reversals_new, records and rejects. A negative quantity takes back what
-- an earlier line sold; a document whose number starts with C and digits is a cancellation. Lines that are charges by
-- their own title (postage, fees, manual entries) are told apart from goods.

create or replace table typed as
select
    record,
    -- pandas writes a column of numbers with a blank in it as 17850.0
    case when (select bool_and(ends_with("order", '.0')) from source) then left(trim("order"), -2) else trim("order") end as order_name,
    to_moment(date, getvariable('day_first')) as sold_at,
    to_instant(date) as sold_instant,
    coalesce(case when (select bool_and(ends_with(sku, '.0')) from source) then left(sku, -2) else ltrim(sku, '''') end, '') as sku,
    coalesce(trimmed(title), '') as title,
    coalesce(
        to_number(quantity, getvariable('decimal_comma')),
        case
            when quantity is not null then null
            -- a table without quantities has a row a piece
            when unit_price is not null and (select count(quantity) = 0 from source) then 1
            when line_total is not null then 0
        end
    ) as quantity,
    to_number(unit_price, getvariable('decimal_comma')) as unit_price,
    to_number(line_total, getvariable('decimal_comma')) as line_total,
    coalesce(to_number(discount, getvariable('decimal_comma')), 0) as discount,
    case when ends_with(discount, '%') then to_number(trim(rtrim(discount, '%')), getvariable('decimal_comma')) / 100 end as discount_share,
    coalesce(to_number(tax, getvariable('decimal_comma')), 0) as tax,
    coalesce(to_flag(tax_included), false) as has_tax_inside,
    coalesce(upper(trim(currency)), getvariable('currency')) as currency,
    case
        when email is not null then person(email, getvariable('hash_key'))
        -- an address, its code, or a name: a name is never kept as it is
        when contains(customer, '@') or starts_with(customer, 'h:') or not regexp_matches(customer, '[0-9]')
            then person(customer, getvariable('hash_key'))
        -- a spreadsheet's 17850.0 is customer 17850
        when ends_with(customer, '.0') and not starts_with(customer, ' ') then 'c:' || left(customer, -2)
        when contains(customer, '.') then 'c:' || regexp_replace(trim(customer), '\.0+$', '')
        else 'c:' || trimmed(customer)
    end as customer_key,
    coalesce(trimmed(country), 'unknown') as country,
    region,
    coalesce(trim(channel), 'unknown') as channel,
    vendor,
    category,
    replace(lower(trim(kind)), ' ', '_') as said_kind
from source;

-- Where a cell alone does not say what its amount means, the line does (see order_line_amounts).
update typed
set line_total = meant.gross, discount = meant.discount, unit_price = meant.unit_price
from meant_amounts('typed') as meant
where typed.record = meant.record and meant.gross is not null;

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
                'column_name': 'order', 'value': s."order",
                'is_bad': s."order" is null or regexp_full_match(s."order", '[0-9](\.[0-9]+)?[eE]\+?[0-9]+'),
                'reason': case
                    when s."order" is null then 'the order number is missing'
                    else 'a spreadsheet has rounded this order number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'date', 'value': s.date, 'is_bad': t.sold_at is null,
                'reason': case when s.date is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'quantity', 'value': s.quantity,
                'is_bad': t.quantity is null or abs(cast(t.quantity as decimal(20, 6)) * t.unit_price) >= 10000000000000,
                'reason': case
                    when s.quantity is null then 'the quantity is missing'
                    when t.quantity is null then 'this is not a quantity'
                    else 'quantity × price is too large to be an amount'
                end
            },
            {
                'column_name': 'unit price', 'value': coalesce(s.unit_price, s.line_total),
                'is_bad': (s.unit_price is not null and t.unit_price is null)
                or (s.line_total is not null and t.line_total is null)
                or (s.unit_price is null and s.line_total is null),
                'reason': case
                    when coalesce(s.unit_price, s.line_total) is null then 'the price is missing' else 'this is not an amount'
                end
            },
            {
                'column_name': 'discount', 'value': s.discount,
                'is_bad': s.discount is not null and to_number(s.discount, getvariable('decimal_comma')) is null
                and coalesce(t.discount_share not between 0 and 1, true),
                'reason': case
                    when t.discount_share is not null then 'a discount in percent lies between 0 % and 100 %'
                    else 'this is not an amount'
                end
            },
            {
                'column_name': 'tax', 'value': s.tax,
                'is_bad': s.tax is not null and to_number(s.tax, getvariable('decimal_comma')) is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'prices include tax', 'value': s.tax_included,
                'is_bad': s.tax_included is not null and (to_flag(s.tax_included) is null or (t.has_tax_inside and s.tax is null)),
                'reason': case
                    when t.has_tax_inside then 'the prices hold tax, but the line does not say how much'
                    else 'this is neither yes nor no'
                end
            },
            {
                'column_name': 'currency', 'value': s.currency, 'is_bad': not regexp_full_match(t.currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
            },
            {
                'column_name': 'sku', 'value': s.sku, 'is_bad': t.sku = '' and t.title = '' and t.said_kind is null,
                'reason': 'the line has neither a SKU nor a title'
            },
            {
                'column_name': 'sku', 'value': s.sku, 'is_bad': is_rounded(s.sku),
                'reason': 'a spreadsheet has rounded this SKU, so it is no key; export it again'
            },
            {
                'column_name': 'title', 'value': s.title,
                'is_bad': regexp_matches(s.title, '\b[0-9]+ ?[x×] [^,;|]+[,;|] ?[0-9]+ ?[x×] '),
                'reason': 'several products are packed into this cell, so nothing says what each cost; export a row a line'
            },
            {
                'column_name': 'kind', 'value': s.kind,
                'is_bad': t.said_kind is not null and t.said_kind not in (
                    'sale', 'return', 'cancellation', 'goodwill', 'chargeback', 'return_fee', 'exchange', 'shipping',
                    'shipping_refund', 'tip', 'gift_card', 'duties', 'fee', 'manual', 'discount'
                ),
                'reason': 'this kind of line is not known'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    -- few rows have anything to explain
    where not s.is_blank and (
        s."order" is null or contains(lower(s."order"), 'e') or t.sold_at is null or t.quantity is null
        or coalesce(t.unit_price, t.line_total) is null or (s.unit_price is not null and t.unit_price is null)
        or (s.line_total is not null and t.line_total is null) or s.discount is not null or s.tax is not null
        or s.currency is not null or s.kind is not null or s.tax_included is not null or contains(lower(t.sku), 'e+')
        or contains(t.title, 'x ') or contains(t.title, '×') or (t.sku = '' and t.title = '')
        or abs(cast(t.quantity as decimal(20, 6)) * t.unit_price) >= 10000000000000 or not regexp_full_match(getvariable('currency'), '[A-Z]{3}')
    )
)
where bad.is_bad;

create or replace table records as
select
    s.record,
    case
        when s.is_blank then 'ignored'
        when s.record in (select record from rejects) then 'rejected'
        else 'fact'
    end as state,
    t.order_name as order_key
from source as s
inner join typed as t on s.record = t.record;

-- Each line with what it is: goods or a charge (line_kind), sold or taken back (entry, kind).
create or replace table names as
select
    n.sku,
    n.title,
    case
        when c.line_kind is not null and (k.line_kind is not null or n.title = '') then c.line_kind
        when k.line_kind is not null and (n.sku = '' or not regexp_matches(n.sku, '[0-9]')) then k.line_kind
        when regexp_matches(lower(n.title), 'gift ?voucher|gift ?card|geschenkgutschein') then 'gift_card'
        else 'product'
    end as line_kind
from (select distinct sku, title from typed) as n
left join kinds_of_line as k on lower(n.title) = k.title
left join codes_of_line as c on upper(n.sku) = c.sku;

create or replace table lines as
with named as (
    select
        t.*,
        case
            when t.said_kind in ('shipping', 'shipping_refund') then 'shipping'
            when t.said_kind in ('tip', 'gift_card', 'duties', 'fee', 'manual', 'discount') then t.said_kind
            when t.said_kind = 'return_fee' then 'fee'
            when t.said_kind is not null then 'product'
            when n.line_kind = 'product' and t.quantity < 0 and coalesce(t.line_total, t.unit_price) = 0
                and not regexp_matches(t.order_name, '^C[0-9]') then 'stock_adjustment'
            else n.line_kind
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
    from typed as t
    inner join records as r on t.record = r.record
    inner join names as n on t.sku = n.sku and t.title = n.title
    where r.state = 'fact'
),

firsts as (
    select
        order_name,
        min(record) as first_record,
        min(sold_at) as ordered_at
    from named
    group by order_name
)

select
    n.* exclude (unit_price, discount, tax),
    -- what is taken back takes its discount and tax with it, whichever sign they are printed with
    case when n.amount < 0 then -abs(n.discount) else n.discount end as discount,
    case when n.amount < 0 then -abs(n.tax) else n.tax end as tax,
    n.record - f.first_record + 1 as line_no,
    case
        when n.unit_price is not null then n.unit_price
        when n.quantity <> 0 then n.amount / n.quantity
        else n.amount
    end as unit_price,
    f.ordered_at,
    case
        when n.said_kind in ('return', 'cancellation', 'goodwill', 'chargeback', 'shipping_refund', 'return_fee') then n.said_kind
        when n.is_cancellation and n.quantity < 0 then 'cancellation'
        when n.quantity < 0 and n.line_kind not in ('stock_adjustment', 'discount') then 'return'
    end as kind
from named as n
inner join firsts as f on n.order_name = f.order_name;

create or replace table items_new as
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
    cast(unit_price as decimal(18, 6)) as unit_price,
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
        max(quantity) as quantity,
        arg_max(ordered_at, (quantity, order_name)) as ordered_at
    from lines
    where kind is null and quantity > 0 and line_kind = 'product'
        and customer_key in (select customer_key from lines where kind is not null)
    group by customer_key, sku, unit_price, sold_at
),

sold_orders as (
    select distinct order_name
    from lines
    where kind is null
),

taken as (
    select
        *,
        abs(quantity) as taken_units
    from lines
    where kind is not null
),

matched as (
    select
        t.*,
        s.order_name is not null as is_same_order,
        case when t.taken_units <= p.quantity then p.order_name end as purchase,
        p.ordered_at as purchased_at
    from taken as t
    left join sold_orders as s on t.order_name = s.order_name
    asof left join purchases as p
        on
            t.customer_key = p.customer_key and t.sku = p.sku and t.unit_price = p.unit_price
            and t.sold_at >= p.sold_at
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
inner join lines as l on r.order_key = l.order_name and r.part_no = l.line_no
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
inner join (select record, currency, channel, country from lines) as l on f.first_record = l.record;

create or replace table file_notices as
with hashed as (
    select
        *,
        hash(order_name, sold_at, sku, title, quantity, unit_price, discount, customer_key, country) as line_hash
    from lines
),

-- few lines have a twin: only those are compared to the letter
repeated as (
    select line_hash
    from hashed
    group by line_hash
    having count(*) > 1
)

select
    'same_lines' as notice,
    sum(same - 1) as value
from (
    select count(*) as same
    from hashed
    where line_hash in (select line_hash from repeated)
    group by order_name, sold_at, sku, title, quantity, unit_price, discount, customer_key, country
)
having sum(same - 1) > 0;
