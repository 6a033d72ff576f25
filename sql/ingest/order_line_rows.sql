-- The rows of a table of order lines -> typed (each row as it is read), facts (those of them that count), records (what became
-- of every row) and rejects.

-- What only whole columns tell: pandas writes a column of numbers with a blank in it as 17850.0.
create or replace table habits as
select
    coalesce(bool_and(ends_with("order", '.0')), false) as has_float_orders,
    coalesce(bool_and(ends_with(sku, '.0')), false) as has_float_skus,
    count(quantity) = 0 as has_no_quantities
from source;

-- Each row read once; what follows are views on it. Few rows may hold something unreadable: they are looked at again below.
create or replace table typed as
with said as (
    select
        s.* exclude ("order", sku, title, quantity, unit_price, line_total, discount, tax, currency, country, region, channel),
        s."order" as order_cell,
        s.unit_price as unit_price_cell,
        s.line_total as line_total_cell,
        coalesce(s.discount, s.tax, s.tax_included, s.currency, s.kind) is not null as has_more,
        case when h.has_float_orders then left(trim(s."order"), -2) else trim(s."order") end as order_name,
        to_moment(s.date, getvariable('day_first')) as sold_at,
        to_instant(s.date) as sold_instant,
        coalesce(case when h.has_float_skus then left(s.sku, -2) else ltrim(s.sku, '''') end, '') as sku,
        coalesce(trimmed(s.title), '') as title,
        coalesce(
            to_number(s.quantity, getvariable('decimal_comma')),
            case
                when s.quantity is not null then null
                -- a table without quantities has a row a piece
                when s.unit_price is not null and h.has_no_quantities then 1
                when s.line_total is not null then 0
            end
        ) as quantity,
        to_number(s.unit_price, getvariable('decimal_comma')) as unit_price,
        to_number(s.line_total, getvariable('decimal_comma')) as line_total,
        coalesce(to_number(s.discount, getvariable('decimal_comma')), 0) as discount,
        case when ends_with(s.discount, '%') then to_number(trim(rtrim(s.discount, '%')), getvariable('decimal_comma')) / 100 end
            as discount_share,
        coalesce(to_number(s.tax, getvariable('decimal_comma')), 0) as tax,
        coalesce(to_flag(s.tax_included), false) as has_tax_inside,
        coalesce(upper(trim(s.currency)), getvariable('currency')) as currency,
        case
            when s.email is not null then person(s.email, getvariable('hash_key'))
            -- an address, its code, or a name: a name is never kept as it is
            when contains(s.customer, '@') or starts_with(s.customer, 'h:') or not regexp_matches(s.customer, '[0-9]')
                then person(s.customer, getvariable('hash_key'))
            -- a spreadsheet's 17850.0 is customer 17850
            when ends_with(s.customer, '.0') and not starts_with(s.customer, ' ') then 'c:' || left(s.customer, -2)
            when contains(s.customer, '.') then 'c:' || regexp_replace(trim(s.customer), '\.0+$', '')
            else 'c:' || trimmed(s.customer)
        end as customer_key,
        coalesce(trimmed(s.country), 'unknown') as country,
        s.region,
        coalesce(trim(s.channel), 'unknown') as channel,
        replace(lower(trim(s.kind)), ' ', '_') as said_kind
    from source as s
    cross join habits as h
)

select
    * exclude (order_cell, unit_price_cell, line_total_cell, has_more, date, email, customer, kind, tax_included),
    not is_blank and (
        order_cell is null or contains(lower(order_cell), 'e') or sold_at is null or quantity is null
        or coalesce(unit_price, line_total) is null or (unit_price_cell is not null and unit_price is null)
        or (line_total_cell is not null and line_total is null) or has_more or contains(lower(sku), 'e+')
        or contains(title, 'x ') or contains(title, '×') or (sku = '' and title = '')
        or abs(cast(quantity as decimal(20, 6)) * unit_price) >= 10000000000000
        or not regexp_full_match(getvariable('currency'), '[A-Z]{3}')
    ) as is_doubtful
from said;

-- Where a cell alone does not say what its amount means, the line does (see order_line_amounts).
update typed
set line_total = meant.gross, discount = meant.discount, unit_price = meant.unit_price
from meant_amounts('typed') as meant
where typed.record = meant.record and meant.gross is not null;

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
    where t.is_doubtful
)
where bad.is_bad;

create or replace view facts as
select t.*
from typed as t
anti join rejects as r on t.record = r.record
where not t.is_blank;

create or replace view records as
select
    record,
    case when is_blank then 'ignored' when record in (select record from rejects) then 'rejected' else 'fact' end as state,
    order_name as order_key
from typed;
