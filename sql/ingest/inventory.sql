-- A stock count made by hand -> levels_new (one row a product, location and day), records and rejects. A blank cell is not
-- counted, which is not 0. Without its own column, available is on hand less committed and unavailable, and the other way.

create or replace table typed as
select
    record,
    is_blank,
    to_code(sku, (select bool_and(regexp_full_match(trim(sku), '[0-9]+\.0')) from source)) as sku,
    nullif(trim(title), '') as product_title,
    coalesce(nullif(trim(location), ''), 'unknown') as location,
    to_number(or_none(on_hand), getvariable('decimal_comma')) as counted_on_hand,
    to_number(or_none(committed), getvariable('decimal_comma')) as committed,
    to_number(or_none(unavailable), getvariable('decimal_comma')) as unavailable,
    to_number(or_none(available), getvariable('decimal_comma')) as counted_available,
    to_number(or_none(incoming), getvariable('decimal_comma')) as incoming,
    cast(to_moment(date, getvariable('day_first')) as date) as as_of,
    {
        'sku': sku,
        'on_hand': or_none(on_hand),
        'committed': or_none(committed),
        'unavailable': or_none(unavailable),
        'available': or_none(available),
        'incoming': or_none(incoming),
        'date': nullif(trim(date), '')
    } as text
from source;

create or replace table rejects as
select
    record,
    bad.column_name,
    bad.value,
    coalesce(bad.reason, 'this is not a quantity') as reason
from (
    select
        t.record,
        unnest([
            {
                'column_name': 'sku', 'value': text['sku'], 'is_bad': (sku is null and product_title is null) or is_rounded(text['sku']),
                'reason': case
                    when sku is null then 'the row has neither a SKU nor a title'
                    else 'a spreadsheet has rounded this SKU, so it is no key; export it again'
                end
            },
            {
                'column_name': 'on hand', 'value': text['on_hand'], 'is_bad': text['on_hand'] is not null and counted_on_hand is null,
                'reason': null
            },
            {
                'column_name': 'committed', 'value': text['committed'], 'is_bad': text['committed'] is not null and committed is null,
                'reason': null
            },
            {
                'column_name': 'unavailable', 'value': text['unavailable'],
                'is_bad': text['unavailable'] is not null and unavailable is null, 'reason': null
            },
            {
                'column_name': 'available', 'value': text['available'],
                'is_bad': text['available'] is not null and counted_available is null, 'reason': null
            },
            {
                'column_name': 'incoming', 'value': text['incoming'], 'is_bad': text['incoming'] is not null and incoming is null,
                'reason': null
            },
            {
                'column_name': 'date', 'value': text['date'],
                -- a file with days must say the day of every row: a count without one belongs to none of them
                'is_bad': as_of is null and (text['date'] is not null or d.has_days),
                'reason': case when text['date'] is null then 'the date is missing' else 'this is not a date' end
            }
        ]) as bad
    from typed as t
    cross join (select count(as_of) > 0 as has_days from typed) as d
    where not t.is_blank
)
where bad.is_bad;

create or replace table keyed as
with facts as (
    select
        *,
        coalesce(product_title, sku) as title
    from typed
    where not is_blank and record not in (select record from rejects)
),

unique_skus as (
    select sku
    from facts
    where sku is not null
    group by sku
    having count(distinct title) = 1
)

select
    f.*,
    coalesce(u.sku, f.title) as product_key
from facts as f
left join unique_skus as u on f.sku = u.sku;

create or replace table records as
select
    t.record,
    case
        when t.is_blank then 'ignored'
        when k.record is null then 'rejected'
        when row_number() over (partition by k.product_key, k.location, k.as_of order by t.record desc) > 1 then 'duplicate'
        else 'fact'
    end as state,
    k.product_key
from typed as t
left join keyed as k on t.record = k.record;

create or replace table levels_new as
select
    k.as_of,
    k.location,
    k.product_key,
    k.title as handle_key,
    k.sku,
    k.title,
    cast(
        coalesce(k.counted_on_hand, k.counted_available + coalesce(k.committed, 0) + coalesce(k.unavailable, 0)) as decimal(18, 4)
    ) as on_hand,
    cast(k.committed as decimal(18, 4)) as committed,
    cast(k.unavailable as decimal(18, 4)) as unavailable,
    cast(
        coalesce(k.counted_available, k.counted_on_hand - coalesce(k.committed, 0) - coalesce(k.unavailable, 0)) as decimal(18, 4)
    ) as available,
    cast(k.incoming as decimal(18, 4)) as incoming,
    1 as rows
from keyed as k
inner join records as r on k.record = r.record
where r.state = 'fact';
