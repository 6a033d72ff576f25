-- WooCommerce products export -> products_new (one row what can be bought), records and rejects. A variable product is not
-- sold itself, its variations are; they name it in Parent by its SKU or as id:NN and take its categories and brand.

create or replace table typed as
select
    record,
    is_blank,
    id as id_text,
    -- a spreadsheet's 44.0 is product 44
    nullif(regexp_replace(trim(id), '\.0+$', ''), '') as id,
    lower("type") as "type",
    nullif(trim(regexp_replace(sku, '^''', '')), '') as sku,
    trim(name) as title,
    trim(parent) as parent,
    published,
    -- a comma inside a name is written \,
    nullif(replace(trim(regexp_extract(categories, '^((\\,|[^,])+)', 1)), '\,', ','), '') as category,
    nullif(replace(trim(regexp_extract(brands, '^((\\,|[^,])+)', 1)), '\,', ','), '') as vendor,
    regular_price as regular_text,
    sale_price as sale_text,
    cost as cost_text,
    to_number(regular_price, getvariable('decimal_comma')) as regular_price,
    to_number(sale_price, getvariable('decimal_comma')) as sale_price,
    to_number(cost, getvariable('decimal_comma')) as cost,
    coalesce(weight_kg, weight_g, weight_lb, weight_oz) as weight_text,
    coalesce(
        to_grams(weight_kg, 'kg', getvariable('decimal_comma')), to_grams(weight_g, 'g', getvariable('decimal_comma')),
        to_grams(weight_lb, 'lb', getvariable('decimal_comma')), to_grams(weight_oz, 'oz', getvariable('decimal_comma'))
    ) as weight_grams,
    -- a sale price without dates is the price of today
    coalesce(cast(to_moment(sale_starts, false) as date) <= getvariable('as_of'), true)
    and coalesce(cast(to_moment(sale_ends, false) as date) >= getvariable('as_of'), true) as is_on_sale
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
                'column_name': 'ID', 'value': id_text,
                'is_bad': (id is null and sku is null) or regexp_full_match(id, '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+'),
                'reason': case
                    when id is null then 'the product has neither an ID nor a SKU'
                    else 'a spreadsheet has rounded this ID, so it is no key; export it again'
                end
            },
            {'column_name': 'Type', 'value': "type", 'is_bad': "type" is null, 'reason': 'the type is missing'},
            {
                'column_name': 'Name', 'value': title, 'is_bad': coalesce(title, '') = '',
                'reason': 'the name is missing'
            },
            {
                'column_name': 'Regular price', 'value': regular_text,
                'is_bad': regular_text is not null and (regular_price is null or regular_price < 0),
                'reason': 'this is not a price'
            },
            {
                'column_name': 'Sale price', 'value': sale_text,
                'is_bad': sale_text is not null and (sale_price is null or sale_price < 0),
                'reason': 'this is not a price'
            },
            {
                'column_name': 'Cost of goods', 'value': cost_text,
                'is_bad': cost_text is not null and (cost is null or cost < 0),
                'reason': 'this is not a cost'
            },
            {
                'column_name': 'Weight', 'value': weight_text,
                'is_bad': is_no_weight(weight_text, getvariable('decimal_comma')), 'reason': 'this is not a weight'
            }
        ]) as bad
    from typed
    where not is_blank
)
where bad.is_bad;

-- The last row of an ID stands for it. Sold are all but the covers of variations and of groups.
create or replace table listed as
select
    *,
    row_number() over (partition by coalesce('id:' || id, sku) order by record desc) as from_last,
    not regexp_matches("type", 'variable|grouped') as is_sold
from typed
where not is_blank and record not in (select record from rejects);

create or replace table keyed as
with sold as (
    select
        *,
        count(*) over (partition by sku) as same_sku
    from listed
    where is_sold and from_last = 1
),

parents as (
    select
        'id:' || id as name,
        any_value(category) as category,
        any_value(vendor) as vendor,
        any_value(weight_grams) as weight_grams
    from listed
    where from_last = 1 and id is not null
    group by id
    union all
    select
        sku as name,
        any_value(category) as category,
        any_value(vendor) as vendor,
        any_value(weight_grams) as weight_grams
    from listed
    where from_last = 1 and sku is not null
    group by sku
    having count(*) = 1
)

select
    s.* exclude (category, vendor, weight_grams),
    coalesce(s.category, p.category) as category,
    coalesce(s.vendor, p.vendor) as vendor,
    -- a variation without a weight of its own has that of its product
    coalesce(s.weight_grams, p.weight_grams) as weight_grams,
    case when s.sku is not null and (s.same_sku = 1 or s.id is null) then s.sku else 'id:' || s.id end as product_key,
    case when s.is_on_sale then coalesce(s.sale_price, s.regular_price) else s.regular_price end as price
from sold as s
left join parents as p on s.parent = p.name;

create or replace table records as
select
    t.record,
    case
        when t.record in (select record from rejects) then 'rejected'
        when t.is_blank or not l.is_sold then 'ignored'
        when l.from_last > 1 then 'duplicate'
        else 'fact'
    end as state,
    k.product_key
from typed as t
left join listed as l on t.record = l.record
left join keyed as k on t.record = k.record;

create or replace table products_new as
select
    product_key,
    sku,
    cast(null as varchar) as handle,
    title,
    category,
    vendor,
    cast(price as decimal(18, 4)) as price,
    getvariable('currency') as currency,
    contains("type", 'gift') as is_gift_card,
    cast(cost as decimal(18, 6)) as cost,
    weight_grams,
    cast(
        md5_number_lower(
            concat_ws('|', id, "type", sku, title, category, vendor, regular_price, sale_price, cost, published, weight_grams)
        ) as varchar
    ) as fingerprint
from keyed;
