-- A table of replenishment policies -> policies_new (one row a class or product and location; blank class and SKU means all
-- products), records and rejects. The last row of a key is the one that holds.

create or replace table methods_said as
select * from (
    values
    ('reorder point', 'reorder point'), ('rop', 'reorder point'), ('bestellpunkt', 'reorder point'),
    ('point de commande', 'reorder point'), ('punto de pedido', 'reorder point'),
    ('on order', 'on order'), ('to order', 'on order'), ('auf bestellung', 'on order'), ('sur commande', 'on order'),
    ('bajo pedido', 'on order'),
    ('none', 'none'), ('no', 'none'), ('never', 'none'), ('keine', 'none'), ('nie', 'none'), ('aucune', 'none'), ('ninguno', 'none')
) as known (said, method);

create or replace table services_said as
select * from (
    values
    ('fill rate', 'fill rate'), ('fill', 'fill rate'), ('mengen', 'fill rate'), ('lieferfähigkeit', 'fill rate'),
    ('taux de remplissage', 'fill rate'), ('tasa de llenado', 'fill rate'),
    ('cycle service', 'cycle service'), ('cycle', 'cycle service'), ('zyklus', 'cycle service'), ('cycle de service', 'cycle service'),
    ('ciclo', 'cycle service')
) as known (said, service_kind);

create or replace table typed as
with columns_of_file as (
    select
        bool_and(regexp_full_match(trim(sku), '[0-9]+\.0')) as has_float_skus,
        bool_and(regexp_full_match(trim(sibling_sku), '[0-9]+\.0')) as has_float_siblings
    from source
)

select
    s.record,
    s.is_blank,
    coalesce(upper(regexp_replace(trim(s.class_name), '[\s/·×-]+', '', 'g')), '') as class,
    coalesce(to_code(s.sku, c.has_float_skus), '') as sku,
    coalesce(nullif(trim(s.location), ''), '') as location,
    m.method,
    k.service_kind,
    to_share(or_none(s.service_level), contains(s.service_level, ',')) as service_level,
    to_number(or_none(s.cover_days), getvariable('decimal_comma')) as cover_days,
    to_number(or_none(s.lead_time_days), getvariable('decimal_comma')) as lead_time_days,
    to_code(s.sibling_sku, c.has_float_siblings) as sibling_sku,
    coalesce(to_flag(s.remove), false) as is_removed,
    {
        'class_name': nullif(trim(s.class_name), ''), 'sku': s.sku, 'method': nullif(trim(s.method), ''),
        'service_kind': nullif(trim(s.service_kind), ''), 'service_level': or_none(s.service_level),
        'cover_days': or_none(s.cover_days), 'lead_time_days': or_none(s.lead_time_days), 'sibling_sku': s.sibling_sku,
        'remove': nullif(trim(s.remove), '')
    } as text
from source as s
cross join columns_of_file as c
left join methods_said as m on lower(trim(replace(s.method, '_', ' '))) = m.said
left join services_said as k on lower(trim(replace(s.service_kind, '_', ' '))) = k.said;

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
                'column_name': 'class', 'value': text['class_name'],
                'is_bad': class <> '' and (not regexp_full_match(class, '[ABC][XYZ]') or sku <> ''),
                'reason': case
                    when sku <> '' then 'a row is about a class or about a product, not both'
                    else 'this is no class: A, B or C and X, Y or Z, such as AX'
                end
            },
            {
                'column_name': 'sku', 'value': text['sku'], 'is_bad': is_rounded(text['sku']),
                'reason': 'a spreadsheet has rounded this SKU, so it is no key; export it again'
            },
            {
                'column_name': 'method', 'value': text['method'], 'is_bad': text['method'] is not null and method is null,
                'reason': 'this is no method: reorder point, on order or none'
            },
            {
                'column_name': 'service kind', 'value': text['service_kind'],
                'is_bad': text['service_kind'] is not null and service_kind is null,
                'reason': 'this is no kind of service: fill rate or cycle service'
            },
            {
                'column_name': 'service level', 'value': text['service_level'],
                'is_bad': text['service_level'] is not null and coalesce(service_level <= 0 or service_level >= 1, true),
                'reason': case
                    when service_level is null then 'this is not a number'
                    else 'a service level is a share between 0 and 1: write 95 % as 0.95 or as 95 %'
                end
            },
            {
                'column_name': 'cover days', 'value': text['cover_days'],
                'is_bad': text['cover_days'] is not null and coalesce(cover_days < 0, true),
                'reason': case when cover_days < 0 then 'this cannot be below 0' else 'this is not a number of days; write it as 30' end
            },
            {
                'column_name': 'lead time days', 'value': text['lead_time_days'],
                'is_bad': text['lead_time_days'] is not null and coalesce(lead_time_days < 0, true),
                'reason': case
                    when lead_time_days < 0 then 'this cannot be below 0' else 'this is not a number of days; write it as 14'
                end
            },
            {
                'column_name': 'sibling SKU', 'value': text['sibling_sku'],
                'is_bad': coalesce(sku = '' or sibling_sku = sku or is_rounded(text['sibling_sku']), sibling_sku is null) and text['sibling_sku'] is not null,
                'reason': case
                    when sku = '' then 'only a product has a sibling: the row''s SKU is missing'
                    when sibling_sku = sku then 'a product is not its own sibling'
                    else 'a spreadsheet has rounded this SKU, so it is no key; export it again'
                end
            },
            {
                'column_name': 'remove', 'value': text['remove'],
                'is_bad': text['remove'] is not null and to_flag(text['remove']) is null, 'reason': 'this is neither yes nor no'
            },
            {
                'column_name': 'method', 'value': text['method'],
                'is_bad': not is_removed and coalesce(
                    text['method'], text['service_kind'], text['service_level'], text['cover_days'], text['lead_time_days'],
                    text['sibling_sku']
                ) is null,
                'reason': 'the row says nothing of how to replenish'
            }
        ]) as bad
    from typed
    where not is_blank
)
where bad.is_bad;

create or replace table records as
with facts as (
    select
        record,
        class,
        sku,
        location
    from typed
    where not is_blank and record not in (select record from rejects)
)

select
    t.record,
    case
        when t.is_blank then 'ignored'
        when f.record is null then 'rejected'
        when row_number() over (partition by f.class, f.sku, f.location order by t.record desc) > 1 then 'duplicate'
        else 'fact'
    end as state
from typed as t
left join facts as f on t.record = f.record;

create or replace table policies_new as
select
    t.class,
    t.sku,
    t.location,
    t.method,
    t.service_kind,
    t.service_level,
    t.cover_days,
    t.lead_time_days,
    t.sibling_sku,
    t.is_removed,
    1 as rows
from typed as t
inner join records as r on t.record = r.record
where r.state = 'fact';
