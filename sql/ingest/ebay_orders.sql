-- eBay's orders report -> heads, lines, records and rejects, from which sold_orders makes the facts. An order of several
-- items has a row without Item Number that sums it up (its shipping, tax and total), then its items: only these are sales.
-- Tax and charges that eBay collects are eBay's money, and come out of the printed total. What nobody paid does not count.

create or replace macro ebay_moment(value) as coalesce(
    try_strptime(
        trim(value),
        ['%b-%d-%y', '%b-%d-%y %H:%M:%S', '%b-%d-%y %H:%M', '%b-%d-%Y', '%d-%b-%y', '%d-%b-%Y', '%b %d, %Y']
    ),
    case when regexp_matches(value, '^\s*[0-9]{4}-') then to_moment(trim(value), false) end
);

-- AU $9.00 is money with its country before it.
create or replace macro ebay_number(value, decimal_comma) as
    to_number(regexp_replace(value, '^\s*(-?)\s*(AU|C|US|NZ|HK|S) \$', '\1$'), decimal_comma);

create or replace table typed as
select
    record,
    trim(record_number) as record_number,
    nullif(trim("order"), '') as order_text,
    coalesce(
        is_blank
        or regexp_full_match(trim("order"), 'record\(s\) downloaded.*') or regexp_full_match(trim(record_number), '(?i)seller id *:.*')
        or regexp_full_match(trim(record_number), '[0-9]+ record\(s\) downloaded.*'),
        false
    ) as is_framing,
    item is null as is_summary,
    trim(title) as title,
    coalesce(trim(regexp_replace(sku, '^''', '')), '') as sku,
    ebay_moment(date) as sold_at,
    paid is not null as is_paid,
    shipped is not null as is_shipped,
    to_number(quantity, false) as quantity,
    ebay_number(sold_for, getvariable('decimal_comma')) as sold_for,
    ebay_number(shipping, getvariable('decimal_comma')) as shipping,
    ebay_number(seller_tax, getvariable('decimal_comma')) as seller_tax,
    ebay_number(ebay_tax, getvariable('decimal_comma')) as ebay_tax,
    ebay_number(ebay_charges, getvariable('decimal_comma')) as ebay_charges,
    ebay_number(total, getvariable('decimal_comma')) as total,
    lower(trim(is_tax_included)) in ('yes', 'true') as is_tax_included,
    case
        when regexp_matches(sold_for, '^\s*AU \$') then 'AUD'
        when regexp_matches(sold_for, '^\s*C \$') then 'CAD'
        when regexp_matches(sold_for, '^\s*US \$') then 'USD'
        when regexp_matches(sold_for, '^\s*NZ \$') then 'NZD'
        when contains(sold_for, '£') then 'GBP'
        when contains(sold_for, '€') then 'EUR'
        else getvariable('currency')
    end as currency,
    "transaction",
    item,
    coalesce(country, buyer_country) as country,
    state,
    trim(payment_method) as payment_method
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
                'column_name': 'Order Number', 'value': s."order",
                'is_bad': (t.order_text is null and t.record_number is null)
                or regexp_full_match(coalesce(t.order_text, t.record_number), '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+'),
                'reason': case
                    when t.order_text is null and t.record_number is null then 'the order number is missing'
                    else 'a spreadsheet has rounded this order number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'Sale Date', 'value': s.date, 'is_bad': t.sold_at is null and (s.date is not null or not t.is_summary),
                'reason': case when s.date is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'Quantity', 'value': s.quantity,
                'is_bad': not t.is_summary
                and (t.quantity is null or t.quantity < 0 or abs(cast(t.quantity as decimal(20, 6)) * t.sold_for) >= 10000000000000),
                'reason': case
                    when s.quantity is null then 'the quantity is missing'
                    when t.quantity is null or t.quantity < 0 then 'this is not a quantity'
                    else 'quantity × price is too large to be an amount'
                end
            },
            {
                'column_name': 'Sold For', 'value': s.sold_for,
                'is_bad': t.sold_for is null and (s.sold_for is not null or not t.is_summary),
                'reason': case when s.sold_for is null then 'the price is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'Item Title', 'value': cast(null as varchar),
                'is_bad': not t.is_summary and t.title is null and t.sku = '', 'reason': 'the item has neither a title nor a label'
            },
            {
                'column_name': 'Total Price', 'value': s.total, 'is_bad': s.total is not null and t.total is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Shipping And Handling', 'value': s.shipping,
                'is_bad': s.shipping is not null and t.shipping is null, 'reason': 'this is not an amount'
            },
            {
                'column_name': 'Seller Collected Tax', 'value': s.seller_tax,
                'is_bad': s.seller_tax is not null and t.seller_tax is null, 'reason': 'this is not an amount'
            },
            {
                'column_name': 'eBay Collected Tax', 'value': s.ebay_tax,
                'is_bad': s.ebay_tax is not null and t.ebay_tax is null, 'reason': 'this is not an amount'
            },
            {
                'column_name': 'eBay Collected Charges', 'value': s.ebay_charges,
                'is_bad': s.ebay_charges is not null and t.ebay_charges is null, 'reason': 'this is not an amount'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not t.is_framing
)
where bad.is_bad;

-- What was not checked out has no order number yet, only eBay's running one.
create or replace table placed as
select
    *,
    coalesce(order_text, max(order_text) over (partition by record_number), 'record ' || record_number) as order_key
from typed
where not is_framing and record not in (select record from rejects);

create or replace table kept as
select
    *,
    row_number() over (
        partition by order_key, is_summary, case when is_summary then '' else coalesce("transaction", 'row ' || record) end, item
        order by record desc
    ) as from_last
from placed;

-- A sum without its items, which were set aside, sells nothing that is known.
insert into rejects
select
    record,
    'Item Number' as column_name,
    null as value,
    'the items of this order are missing or were set aside' as reason
from kept
where is_summary and order_key not in (select order_key from kept where not is_summary);

create or replace table records as
select
    t.record,
    case
        when t.is_framing then 'ignored'
        when t.record in (select record from rejects) then 'rejected'
        when k.from_last > 1 then 'duplicate'
        else 'fact'
    end as state,
    k.order_key
from typed as t
left join kept as k on t.record = k.record;

-- Each order's money: of the row that sums it up, else of its items together. Whether Sold For is the price of one or of
-- the line is told by which of the two adds up to the total; where neither does, it is the price of one.
create or replace table sums as
with facts as (
    select k.*
    from kept as k
    inner join records as r on k.record = r.record
    where r.state = 'fact'
),

orders as (
    select
        order_key,
        count(*) as rows,
        min(sold_at) as sold_at,
        arg_min(currency, record) filter (where sold_for is not null) as currency,
        count(distinct currency) filter (where sold_for is not null) as currencies,
        bool_or(is_paid) as is_paid,
        bool_and(is_shipped) filter (where not is_summary) as is_shipped,
        any_value(country) as country,
        any_value(state) as state,
        arg_min(payment_method, record) as payment_method,
        bool_or(is_tax_included) as is_tax_included,
        coalesce(max(shipping) filter (where is_summary), sum(shipping) filter (where not is_summary), 0) as shipping,
        coalesce(max(seller_tax) filter (where is_summary), sum(seller_tax) filter (where not is_summary), 0) as tax,
        coalesce(max(ebay_tax) filter (where is_summary), sum(ebay_tax) filter (where not is_summary), 0) as ebay_tax,
        coalesce(max(ebay_charges) filter (where is_summary), sum(ebay_charges) filter (where not is_summary), 0)
            as ebay_charges,
        coalesce(max(total) filter (where is_summary), sum(total) filter (where not is_summary)) as total,
        sum(cast(quantity as decimal(20, 6)) * sold_for) filter (where not is_summary) as by_unit,
        sum(sold_for) filter (where not is_summary) as by_line
    from facts
    group by order_key
),

rest as (
    select
        *,
        total - shipping - tax as goods
    from orders
)

select
    *,
    goods not in (by_unit, by_unit + ebay_tax, by_unit + ebay_tax + ebay_charges)
    and goods in (by_line, by_line + ebay_tax, by_line + ebay_tax + ebay_charges) as is_line_price
from rest;

create or replace table lines as
select
    k.order_key,
    row_number() over (partition by k.order_key order by length(k."transaction"), k."transaction", k.record) as line_no,
    k.sku,
    coalesce(k.title, k.sku) as title,
    cast(null as varchar) as vendor,
    cast(null as varchar) as category,
    'product' as kind,
    k.quantity as units,
    case when s.is_line_price and k.quantity > 0 then k.sold_for / k.quantity else k.sold_for end as unit_price,
    cast(
        case when s.is_line_price then k.sold_for else cast(k.quantity as decimal(20, 6)) * k.sold_for end as decimal(18, 4)
    ) as listed,
    cast(0 as decimal(18, 4)) as line_discount
from kept as k
inner join records as r on k.record = r.record
inner join sums as s on k.order_key = s.order_key
where r.state = 'fact' and not k.is_summary;

create or replace table heads as
with sold as (
    select
        *,
        case when is_line_price then by_line else by_unit end as listed
    from sums
)

select
    order_key,
    order_key as order_name,
    is_paid as is_counted,
    sold_at,
    cast(null as timestamptz) as sold_instant,
    currency,
    'eBay' as channel,
    country,
    state as region,
    cast(null as varchar) as customer_key,
    case when is_paid then 'paid' else 'unpaid' end as financial_status,
    case when is_shipped then 'fulfilled' else 'unfulfilled' end as fulfillment_status,
    payment_method,
    cast(null as varchar) as discount_codes,
    cast(null as varchar) as tags,
    shipping,
    tax,
    0 as duties,
    0 as off_goods,
    cast(
        total - case
            when goods = listed then 0
            when goods = listed + ebay_tax then ebay_tax
            when goods = listed + ebay_tax + ebay_charges then ebay_tax + ebay_charges
            when is_tax_included then ebay_tax
            else 0
        end as decimal(18, 4)
    ) as printed_total,
    0 as refunded,
    'Total Price is not the items + shipping + tax' as identity,
    case when currencies > 1 then 'Lines of one order are in several currencies' end as problem,
    cast(null as varchar) as fine_print,
    cast(null as date) as updated_on,
    rows
from sold;
