-- Amazon's All Orders report -> orders_new (one row an order), items_new (one a line), records and rejects; nothing in it
-- dates a refund, so reversals_new stays empty. A row is an order item and item-price is the total of the row. Rows have no
-- key of their own and identical ones occur, so all rows of an order in the file belong to it, each counted by its place.

create or replace table typed as
select
    s.record,
    s.is_blank,
    trim(s.order_id) as order_id,
    local_moment(s.purchase_date, getvariable('day_first')) as sold_at,
    to_instant(s.purchase_date) as sold_instant,
    cast(local_moment(s.last_updated_date, getvariable('day_first')) as date) as updated_on,
    lower(trim(coalesce(s.order_status, ''))) as order_status,
    lower(trim(s.order_status)) in ('cancelled', 'canceled') as is_order_cancelled,
    lower(trim(s.order_status)) in ('cancelled', 'canceled') or coalesce(lower(trim(s.item_status)) in ('cancelled', 'canceled'), false)
        as is_cancelled,
    coalesce(trim(s.sku), '') as sku,
    coalesce(nullif(trim(s.product_name), ''), nullif(trim(s.sku), ''), trim(s.asin)) as title,
    coalesce(trim(s.sales_channel), 'unknown') as channel,
    -- goods that were sold elsewhere and only sent by Amazon, or taken out of its warehouses
    starts_with(lower(trim(coalesce(s.sales_channel, ''))), 'non-amazon') as is_sold_elsewhere,
    coalesce(upper(trim(s.currency)), m.currency) as currency,
    coalesce(m.is_included, false) as is_included,
    coalesce(trim(s.ship_country), 'unknown') as country,
    trim(s.ship_state) as region,
    s.promotion_ids,
    case lower(trim(s.fulfillment_channel)) when 'amazon' then 'FBA' when 'merchant' then 'FBM' end as sent_by,
    lower(trim(s.is_business_order)) = 'true' as is_business,
    case when s.quantity is null and is_cancelled then 0 else to_number(s.quantity, getvariable('decimal_comma')) end as quantity,
    to_number(s.item_price, getvariable('decimal_comma')) as item_price,
    coalesce(to_number(s.item_tax, getvariable('decimal_comma')), 0) as item_tax,
    coalesce(to_number(s.shipping_price, getvariable('decimal_comma')), 0) as shipping_price,
    coalesce(to_number(s.shipping_tax, getvariable('decimal_comma')), 0) as shipping_tax,
    coalesce(to_number(s.gift_wrap_price, getvariable('decimal_comma')), 0) as gift_wrap_price,
    coalesce(to_number(s.gift_wrap_tax, getvariable('decimal_comma')), 0) as gift_wrap_tax,
    -- taken off whichever sign it is printed with
    abs(coalesce(to_number(s.item_promotion_discount, getvariable('decimal_comma')), 0)) as promotion,
    abs(coalesce(to_number(s.ship_promotion_discount, getvariable('decimal_comma')), 0)) as ship_promotion
from source as s
left join marketplaces as m on lower(trim(s.sales_channel)) = m.marketplace;

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
                'column_name': 'amazon-order-id', 'value': s.order_id,
                'is_bad': s.order_id is null or regexp_full_match(t.order_id, '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+'),
                'reason': case
                    when s.order_id is null then 'the order number is missing'
                    else 'a spreadsheet has rounded this order number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'purchase-date', 'value': s.purchase_date, 'is_bad': t.sold_at is null,
                'reason': case when s.purchase_date is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'last-updated-date', 'value': s.last_updated_date,
                'is_bad': s.last_updated_date is not null and t.updated_on is null, 'reason': 'this is not a date'
            },
            {
                'column_name': 'sku', 'value': s.sku, 'is_bad': t.title is null,
                'reason': 'the line has neither a SKU nor a name'
            },
            {
                'column_name': 'quantity', 'value': s.quantity, 'is_bad': t.quantity is null or t.quantity < 0,
                'reason': case when s.quantity is null then 'the quantity is missing' else 'this is not a quantity' end
            },
            {
                'column_name': 'currency', 'value': s.currency,
                'is_bad': s.currency is not null and not regexp_full_match(t.currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
            },
            {
                'column_name': 'item-price', 'value': s.item_price, 'is_bad': s.item_price is not null and coalesce(t.item_price, -1) < 0,
                'reason': 'this is not an amount'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not t.is_blank
)
where bad.is_bad;

insert into rejects
select
    record,
    replace(name, '_', '-') as column_name,
    value,
    'this is not an amount' as reason
from (
    unpivot source
    on item_tax, shipping_price, shipping_tax, gift_wrap_price, gift_wrap_tax, item_promotion_discount, ship_promotion_discount
    into name name value value
)
where to_number(value, getvariable('decimal_comma')) is null;

create or replace table records as
select
    record,
    case
        when is_blank then 'ignored'
        when record in (select record from rejects) then 'rejected'
        else 'fact'
    end as state,
    order_id as order_key
from typed;

-- Each line with what it is: a sale, cancelled, or one that Amazon has not given a price yet (a pending order's). The last
-- two are kept with their units and without an amount: neither is sold for nothing. Where the price holds the tax, what was
-- paid is the price less the promotion, and the tax can be no more than that.
create or replace table lines as
with sold as (
    select
        t.* exclude (currency),
        coalesce(t.currency, max(t.currency) over (partition by t.order_id), getvariable('currency')) as currency,
        bool_and(t.is_cancelled) over (partition by t.order_id) as is_all_cancelled,
        row_number() over (partition by t.order_id order by t.record) as line_no,
        case
            when t.is_cancelled and not bool_and(t.is_cancelled) over (partition by t.order_id) then 'cancelled'
            when t.item_price is null then case when t.is_cancelled then 'cancelled' else 'unpriced' end
            else 'product'
        end as kind
    from typed as t
    inner join records as r on t.record = r.record
    where r.state = 'fact'
)

select
    * exclude (item_price, item_tax, promotion, shipping_price, shipping_tax, ship_promotion, gift_wrap_price, gift_wrap_tax),
    coalesce(item_price, 0) as listed,
    case when kind = 'product' then item_price else 0 end as price,
    case when kind = 'product' then least(promotion, item_price) else 0 end as promotion,
    case
        when kind <> 'product' then 0
        when is_included then least(item_tax, item_price - least(promotion, item_price))
        else item_tax
    end as tax,
    case when kind = 'cancelled' then 0 else shipping_price - least(ship_promotion, shipping_price) end as shipping,
    case
        when kind = 'cancelled' then 0
        when is_included then least(shipping_tax, shipping_price - least(ship_promotion, shipping_price))
        else shipping_tax
    end as shipping_tax,
    case when kind = 'cancelled' then 0 else gift_wrap_price end as gift_wrap,
    case when kind = 'cancelled' then 0 when is_included then least(gift_wrap_tax, gift_wrap_price) else gift_wrap_tax end
        as gift_wrap_tax,
    kind = 'product' and (
        promotion > item_price or (is_included and item_tax > item_price - least(promotion, item_price))
    ) as is_contradicting
from sold;

create or replace table items_new as
select
    order_id as order_key,
    cast(line_no as integer) as line_no,
    sku,
    title,
    cast(null as varchar) as vendor,
    cast(null as varchar) as category,
    kind,
    sold_at,
    quantity as units,
    cast(case when quantity > 0 then listed / quantity else listed end as decimal(18, 6)) as unit_price,
    -- tax inside the price comes out of the price and its promotion in one proportion, to the minor unit
    cast(
        case
            when not is_included or tax = 0 or price = promotion then price
            else round(price * (price - promotion - tax) / (price - promotion) / minor_unit(currency), 0) * minor_unit(currency)
        end as decimal(18, 4)
    ) as amount,
    cast(amount - (price - promotion - case when is_included then tax else 0 end) as decimal(18, 4)) as discount
from lines
union all
select
    order_id as order_key,
    cast(1000000 + line_no as integer) as line_no,
    '' as sku,
    'Gift wrap' as title,
    null as vendor,
    null as category,
    'fee' as kind,
    sold_at,
    0 as units,
    cast(gift_wrap as decimal(18, 6)) as unit_price,
    cast(gift_wrap - case when is_included then gift_wrap_tax else 0 end as decimal(18, 4)) as amount,
    0 as discount
from lines
where gift_wrap <> 0;

create or replace table orders_new as
with facts as (
    select
        order_id,
        count(*) as rows,
        min(sold_at) as sold_at,
        min(sold_instant) as sold_instant,
        max(updated_on) as updated_on,
        any_value(currency) as currency,
        count(distinct currency) as currencies,
        arg_min(channel, record) as channel,
        arg_min(country, record) as country,
        arg_min(region, record) as region,
        arg_min(order_status, record) as order_status,
        bool_and(is_all_cancelled) as is_cancelled,
        bool_or(is_sold_elsewhere) as is_sold_elsewhere,
        bool_or(is_business) as is_business,
        string_agg(distinct sent_by, ', ' order by sent_by) as sent_by,
        string_agg(distinct promotion_ids, ', ' order by promotion_ids) as promotion_ids,
        count(*) filter (where kind = 'unpriced') as unpriced,
        bool_or(is_contradicting) as is_contradicting,
        bool_or(is_included and tax + shipping_tax + gift_wrap_tax <> 0) as is_included,
        sum(shipping - case when is_included then shipping_tax else 0 end) as shipping,
        sum(tax + shipping_tax + gift_wrap_tax) as tax,
        sum(
            price - promotion + shipping + gift_wrap + case when is_included then 0 else tax + shipping_tax + gift_wrap_tax end
        ) as paid,
        fingerprint(
            concat_ws(
                '|', sold_at, sku, title, quantity, kind, listed, price, promotion, tax, shipping, shipping_tax, gift_wrap,
                gift_wrap_tax, currency, channel, country, region, order_status, is_business, sent_by, promotion_ids
            )
        ) as fingerprint
    from lines
    group by order_id
)

select
    order_id as order_key,
    order_id as order_name,
    'order' as kind,
    -- Amazon takes the money when it ships: what was cancelled was never paid
    not is_cancelled and not is_sold_elsewhere as is_counted,
    sold_instant as ordered_at,
    cast(sold_at as date) as ordered_on,
    currency,
    channel,
    country,
    region,
    cast(null as varchar) as customer_key,
    case
        when is_cancelled then 'cancelled'
        when starts_with(order_status, 'pending') then 'pending'
        when is_sold_elsewhere then 'sold elsewhere'
        else 'paid'
    end as financial_status,
    order_status as fulfillment_status,
    case when is_cancelled then updated_on end as cancelled_on,
    promotion_ids as discount_codes,
    nullif(concat_ws(', ', sent_by, case when is_business then 'business' end), '') as tags,
    is_included as prices_include_tax,
    cast(shipping as decimal(18, 4)) as shipping,
    cast(tax as decimal(18, 4)) as tax,
    cast(0 as decimal(18, 4)) as duties,
    cast(paid as decimal(18, 4)) as document_total,
    cast(0 as decimal(18, 4)) as refunded,
    cast(0 as decimal(18, 4)) as difference,
    case
        when is_cancelled or is_sold_elsewhere then null
        when unpriced > 0 then 'Amazon has not given a price yet for a line (pending)'
        when currencies > 1 then 'Lines of one order are in several currencies'
        when is_contradicting then 'A promotion or a tax is larger than what was paid for its line'
    end as unreconciled,
    cast(fingerprint as varchar) as fingerprint,
    rows,
    updated_on as as_of
from facts;

create or replace table reversals_new (
    order_key varchar,
    part_no integer,
    sku varchar,
    title varchar,
    kind varchar,
    line_kind varchar,
    booked_at timestamp,
    ordered_on date,
    original_order_key varchar,
    units decimal(18, 6),
    unit_price decimal(18, 6),
    amount decimal(18, 4),
    is_restocked boolean,
    inferred_from varchar,
    is_date_assumed boolean
);

create or replace table file_notices as
select
    'same_lines' as notice,
    sum(same - 1) as value
from (
    select count(*) as same
    from lines
    group by order_id, sold_at, sku, title, quantity, kind, listed, promotion, tax, shipping, gift_wrap
)
having sum(same - 1) > 0;
