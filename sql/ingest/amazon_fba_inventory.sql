-- Amazon's Manage FBA inventory -> levels_new (one row a SKU), records and rejects. As Amazon documents it: in its
-- warehouses = fulfillable + unsellable + reserved, and what is inbound comes on top. Reserved units are being picked,
-- moved or measured. The merchant's own stock of the same SKU is another report's.

create or replace table typed as
select
    record,
    is_blank,
    trim(sku) as sku,
    coalesce(nullif(trim(product_name), ''), trim(sku)) as title,
    to_number(warehouse, getvariable('decimal_comma')) as warehouse,
    to_number(fulfillable, getvariable('decimal_comma')) as fulfillable,
    to_number(unsellable, getvariable('decimal_comma')) as unsellable,
    to_number(reserved, getvariable('decimal_comma')) as reserved,
    to_number(working, getvariable('decimal_comma')) as working,
    to_number(shipped, getvariable('decimal_comma')) as shipped,
    to_number(receiving, getvariable('decimal_comma')) as receiving
from source;

create or replace table rejects as
with cells as (
    select
        s.record,
        unnest([
            {'column_name': 'sku', 'value': s.sku, 'is_bad': s.sku is null},
            {'column_name': 'afn-warehouse-quantity', 'value': s.warehouse, 'is_bad': t.warehouse is null},
            {'column_name': 'afn-fulfillable-quantity', 'value': s.fulfillable, 'is_bad': t.fulfillable is null},
            {'column_name': 'afn-unsellable-quantity', 'value': s.unsellable, 'is_bad': t.unsellable is null},
            {'column_name': 'afn-reserved-quantity', 'value': s.reserved, 'is_bad': t.reserved is null},
            {'column_name': 'afn-inbound-working-quantity', 'value': s.working, 'is_bad': t.working is null},
            {'column_name': 'afn-inbound-shipped-quantity', 'value': s.shipped, 'is_bad': t.shipped is null},
            {'column_name': 'afn-inbound-receiving-quantity', 'value': s.receiving, 'is_bad': t.receiving is null}
        ]) as cell
    from source as s
    inner join typed as t on s.record = t.record
    where not s.is_blank
)

select
    record,
    cell.column_name as column_name,
    cell.value as value,
    case cell.column_name when 'sku' then 'the SKU is missing' else 'this is not a quantity' end as reason
from cells
where cell.is_bad and (cell.value is not null or cell.column_name = 'sku');

create or replace table records as
select
    record,
    case
        when record in (select record from rejects) then 'rejected'
        when is_blank then 'ignored'
        when row_number() over (partition by sku, record in (select record from rejects) order by record desc) > 1 then 'duplicate'
        else 'fact'
    end as state,
    sku as product_key
from typed;

-- A SKU that Amazon does not stock has blanks here: nothing is known of it, which is not 0.
create or replace table levels_new as
select
    'Amazon FBA' as location,
    t.sku as product_key,
    t.sku,
    t.title,
    cast(coalesce(t.warehouse, t.fulfillable + coalesce(t.unsellable, 0) + coalesce(t.reserved, 0)) as decimal(18, 4)) as on_hand,
    cast(t.reserved as decimal(18, 4)) as committed,
    cast(t.unsellable as decimal(18, 4)) as unavailable,
    cast(t.fulfillable as decimal(18, 4)) as available,
    cast(
        case
            when coalesce(t.working, t.shipped, t.receiving) is not null
                then coalesce(t.working, 0) + coalesce(t.shipped, 0) + coalesce(t.receiving, 0)
        end as decimal(18, 4)
    ) as incoming,
    1 as rows
from typed as t
inner join records as r on t.record = r.record
where r.state = 'fact';
