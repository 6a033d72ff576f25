-- Shopify products export -> products_new (one row a variant), records and rejects. A row without a price is one more
-- picture of the product above it. A variant's key is its SKU where no other variant has it, else handle and options.

create or replace table typed as
select
    record,
    is_blank,
    handle,
    max(title) over (partition by handle) as product_title,
    max(vendor) over (partition by handle) as vendor,
    coalesce(max("type") over (partition by handle), max(category) over (partition by handle)) as category,
    max(status) over (partition by handle) as status,
    coalesce(lower(trim(max(gift_card) over (partition by handle))), 'false') in ('true', 'wahr', 'vrai', 'verdadero', 'vero', 'yes', '1')
        as is_gift_card,
    nullif(concat_ws(' / ', nullif(option1, 'Default Title'), option2, option3), '') as options,
    nullif(regexp_replace(sku, '^''', ''), '') as sku,
    price as price_text,
    cost as cost_text,
    to_number(price, getvariable('decimal_comma')) as price,
    to_number(cost, getvariable('decimal_comma')) as cost,
    grams as grams_text,
    to_grams(grams, 'g', getvariable('decimal_comma')) as weight_grams
from source;

create or replace table rejects as
select
    record,
    bad.column_name,
    bad.value,
    bad.reason
from (
    select
        record,
        unnest([
            {'column_name': 'Handle', 'value': handle, 'is_bad': handle is null, 'reason': 'the handle is missing'},
            {
                'column_name': 'Title', 'value': cast(null as varchar), 'is_bad': handle is not null and product_title is null,
                'reason': 'no row of this product carries its title'
            },
            {
                'column_name': 'Price', 'value': price_text, 'is_bad': price_text is not null and (price is null or price < 0),
                'reason': 'this is not a price'
            },
            {
                'column_name': 'Cost per item', 'value': cost_text, 'is_bad': cost_text is not null and (cost is null or cost < 0),
                'reason': 'this is not a cost'
            },
            {
                'column_name': 'Variant Grams', 'value': grams_text,
                'is_bad': price_text is not null and is_no_weight(grams_text, getvariable('decimal_comma')),
                'reason': 'this is not a weight'
            }
        ]) as bad
    from typed
    where not is_blank
)
where bad.is_bad;

create or replace table variants as
select
    *,
    count(*) over (partition by sku) as same_sku,
    handle || coalesce(' / ' || options, '') as handle_key
from typed
where price_text is not null and record not in (select record from rejects);

create or replace table keyed as
select
    *,
    case when sku is not null and same_sku = 1 then sku else handle_key end as product_key
from variants;

create or replace table records as
select
    t.record,
    case
        when t.record in (select record from rejects) then 'rejected'
        when t.is_blank or k.record is null then 'ignored'
        when row_number() over (partition by k.product_key order by k.record desc) > 1 then 'duplicate'
        else 'fact'
    end as state,
    k.product_key
from typed as t
left join keyed as k on t.record = k.record;

create or replace table products_new as
select
    k.product_key,
    k.sku,
    k.handle,
    k.product_title || coalesce(' - ' || k.options, '') as title,
    k.category,
    k.vendor,
    cast(k.price as decimal(18, 4)) as price,
    getvariable('currency') as currency,
    k.is_gift_card,
    cast(k.cost as decimal(18, 6)) as cost,
    k.weight_grams,
    cast(
        md5_number_lower(
            concat_ws('|', k.sku, k.handle, k.product_title, k.options, k.category, k.vendor, k.price, k.is_gift_card, k.cost, k.status, k.weight_grams)
        ) as varchar
    ) as fingerprint
from keyed as k
inner join records as r on k.record = r.record
where r.state = 'fact';
