-- Amazon's active listings -> levels_new (one row a SKU), records and rejects. The quantity is what the merchant offers from
-- his own stock; it is blank for what Amazon sends itself, and so unknown here. Prices are not taken: a level has none, and a
-- catalogue without names would be made of SKUs.

create or replace table typed as
select
    record,
    is_blank,
    trim(sku) as sku,
    quantity as quantity_text,
    to_number(quantity, getvariable('decimal_comma')) as quantity
from source;

create or replace table rejects as
select
    record,
    'sku' as column_name,
    sku as value,
    'the SKU is missing' as reason
from typed
where not is_blank and sku is null
union all
select
    record,
    'quantity' as column_name,
    quantity_text as value,
    'this is not a quantity' as reason
from typed
where quantity_text is not null and quantity is null;

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

create or replace table levels_new as
select
    'Amazon merchant' as location,
    t.sku as product_key,
    t.sku,
    t.sku as title,
    cast(t.quantity as decimal(18, 4)) as on_hand,
    cast(null as decimal(18, 4)) as committed,
    cast(null as decimal(18, 4)) as unavailable,
    cast(t.quantity as decimal(18, 4)) as available,
    cast(null as decimal(18, 4)) as incoming,
    1 as rows
from typed as t
inner join records as r on t.record = r.record
where r.state = 'fact';
