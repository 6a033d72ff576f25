-- Shopify inventory export -> levels_new (one row a product and location), records and rejects. "not stocked" is unknown,
-- not 0; on hand is available + committed + unavailable where the export does not say it.

create or replace table typed as
select
    record,
    is_blank,
    row_number() over (partition by record order by location) as place,
    handle,
    title,
    nullif(concat_ws(' / ', nullif(option1, 'Default Title'), option2, option3), '') as options,
    nullif(regexp_replace(sku, '^''', ''), '') as sku,
    coalesce(regexp_replace(location, '^location: ', ''), 'unknown') as location,
    to_number(nullif(lower(on_hand), 'not stocked'), getvariable('decimal_comma')) as counted_on_hand,
    to_number(nullif(lower(committed), 'not stocked'), getvariable('decimal_comma')) as committed,
    to_number(nullif(lower(unavailable), 'not stocked'), getvariable('decimal_comma')) as unavailable,
    to_number(nullif(lower(available), 'not stocked'), getvariable('decimal_comma')) as available,
    to_number(nullif(lower(incoming), 'not stocked'), getvariable('decimal_comma')) as incoming,
    on_hand as on_hand_text,
    committed as committed_text,
    unavailable as unavailable_text,
    available as available_text,
    incoming as incoming_text
from source;

create or replace table rejects as
with cells as (
    select
        record,
        unnest([
            {'column_name': 'Handle', 'value': handle, 'is_bad': handle is null},
            {'column_name': 'On hand', 'value': on_hand_text, 'is_bad': counted_on_hand is null},
            {'column_name': 'Committed', 'value': committed_text, 'is_bad': committed is null},
            {'column_name': 'Unavailable', 'value': unavailable_text, 'is_bad': unavailable is null},
            {'column_name': 'Available', 'value': available_text, 'is_bad': available is null},
            {'column_name': 'Incoming', 'value': incoming_text, 'is_bad': incoming is null}
        ]) as cell
    from typed
    where not is_blank
)

select distinct
    record,
    cell.column_name as column_name,
    cell.value as value,
    case when cell.value is null then 'the handle is missing' else 'this is not a quantity' end as reason
from cells
where cell.is_bad and (cell.column_name = 'Handle' or lower(cell.value) <> 'not stocked');

create or replace table keyed as
with named as (
    select
        *,
        handle || coalesce(' / ' || options, '') as handle_key
    from typed
    where not is_blank and record not in (select record from rejects)
),

unique_skus as (
    select sku
    from named
    where sku is not null
    group by sku
    having count(distinct handle_key) = 1
)

select
    n.*,
    coalesce(u.sku, n.handle_key) as product_key
from named as n
left join unique_skus as u on n.sku = u.sku;

create or replace table ranked as
select
    *,
    row_number() over (partition by product_key, location order by record desc) as from_last
from keyed;

create or replace table records as
select
    t.record,
    case
        when t.record in (select record from rejects) then 'rejected'
        when t.is_blank then 'ignored'
        when r.from_last > 1 then 'duplicate'
        else 'fact'
    end as state,
    r.product_key
from typed as t
left join ranked as r on t.record = r.record and t.place = r.place
where t.place = 1;

create or replace table levels_new as
select
    location,
    product_key,
    handle_key,
    sku,
    coalesce(title, handle) || coalesce(' - ' || options, '') as title,
    cast(coalesce(counted_on_hand, available + coalesce(committed, 0) + coalesce(unavailable, 0)) as decimal(18, 4)) as on_hand,
    cast(committed as decimal(18, 4)) as committed,
    cast(unavailable as decimal(18, 4)) as unavailable,
    cast(available as decimal(18, 4)) as available,
    cast(incoming as decimal(18, 4)) as incoming,
    case when place = 1 then 1 else 0 end as rows
from ranked
where from_last = 1;
