-- A catalogue made by hand -> products_new (one row a product or variant), records and rejects. A product's key is its SKU
-- where no other product of the file has it, else title and variant. The last row of a key is the one that holds.

create or replace table typed as
select
    record,
    is_blank,
    to_code(sku, (select bool_and(regexp_full_match(trim(sku), '[0-9]+\.0')) from source)) as sku,
    trim(title) as product_title,
    nullif(trim(variant), '') as variant,
    trim(category) as category,
    trim(vendor) as vendor,
    coalesce(upper(trim(currency)), getvariable('currency')) as currency,
    coalesce(to_flag(gift_card), false) as is_gift_card,
    to_number(or_none(price), getvariable('decimal_comma')) as price,
    to_number(or_none(cost), getvariable('decimal_comma')) as cost,
    coalesce(
        to_grams(weight, weight_unit, getvariable('decimal_comma')), to_grams(weight_g, 'g', getvariable('decimal_comma')),
        to_grams(weight_kg, 'kg', getvariable('decimal_comma')), to_grams(weight_lb, 'lb', getvariable('decimal_comma')),
        to_grams(weight_oz, 'oz', getvariable('decimal_comma'))
    ) as weight_grams,
    or_none(coalesce(weight, weight_g, weight_kg, weight_lb, weight_oz)) as weight_text,
    sku as sku_text,
    or_none(price) as price_text,
    or_none(cost) as cost_text,
    gift_card as gift_card_text
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
            {
                'column_name': 'sku', 'value': sku_text, 'is_bad': (sku is null and product_title is null) or is_rounded(sku_text),
                'reason': case
                    when sku is null then 'the row has neither a SKU nor a title'
                    else 'a spreadsheet has rounded this SKU, so it is no key; export it again'
                end
            },
            {
                'column_name': 'price', 'value': price_text, 'is_bad': price_text is not null and (price is null or price < 0),
                'reason': 'this is not a price'
            },
            {
                'column_name': 'cost', 'value': cost_text, 'is_bad': cost_text is not null and (cost is null or cost < 0),
                'reason': 'this is not a cost'
            },
            {
                'column_name': 'weight', 'value': weight_text, 'is_bad': is_no_weight(weight_text, getvariable('decimal_comma')),
                'reason': 'this is not a weight'
            },
            {
                'column_name': 'currency', 'value': currency, 'is_bad': not regexp_full_match(currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
            },
            {
                'column_name': 'gift card', 'value': gift_card_text,
                'is_bad': nullif(trim(gift_card_text), '') is not null and to_flag(gift_card_text) is null,
                'reason': 'this is neither yes nor no'
            }
        ]) as bad
    from typed
    where not is_blank
)
where bad.is_bad;

create or replace table keyed as
with named as (
    select
        *,
        coalesce(product_title, sku) || coalesce(' - ' || variant, '') as title
    from typed
    where not is_blank and record not in (select record from rejects)
),

unique_skus as (
    select sku
    from named
    where sku is not null
    group by sku
    having count(distinct title) = 1
)

select
    n.*,
    coalesce(u.sku, n.title) as product_key
from named as n
left join unique_skus as u on n.sku = u.sku;

create or replace table records as
select
    t.record,
    case
        when t.is_blank then 'ignored'
        when k.record is null then 'rejected'
        when row_number() over (partition by k.product_key order by t.record desc) > 1 then 'duplicate'
        else 'fact'
    end as state,
    k.product_key
from typed as t
left join keyed as k on t.record = k.record;

create or replace table products_new as
select
    k.product_key,
    k.sku,
    cast(null as varchar) as handle,
    k.title,
    k.category,
    k.vendor,
    cast(k.price as decimal(18, 4)) as price,
    k.currency,
    k.is_gift_card,
    cast(k.cost as decimal(18, 6)) as cost,
    k.weight_grams,
    cast(
        md5_number_lower(
            concat_ws(
                '|', coalesce(k.sku, ''), k.title, coalesce(k.category, ''), coalesce(k.vendor, ''), coalesce(cast(k.price as varchar), ''),
                k.currency, k.is_gift_card, k.cost, k.weight_grams
            )
        ) as varchar
    ) as fingerprint
from keyed as k
inner join records as r on k.record = r.record
where r.state = 'fact';
