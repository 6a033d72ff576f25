-- A table of suppliers made by hand -> suppliers_new (one row a supplier, product and first day of its terms; an empty SKU
-- means all of its products), records and rejects. The last row of a key is the one that holds.

-- Each number once: what reads them is long, and seven columns would spell it out seven times.
create or replace table numbers_said as
select
    value,
    to_number(or_none(value), getvariable('decimal_comma')) as number
from (
    select distinct unnest([lead_time_days, lead_time_deviation, minimum_order, pack_size, unit_cost, freight, duty]) as value
    from source
)
where or_none(value) is not null;

create or replace table typed as
select
    s.record,
    s.is_blank,
    nullif(trim(s.supplier), '') as supplier,
    coalesce(to_code(s.sku, (select bool_and(regexp_full_match(trim(sku), '[0-9]+\.0')) from source)), '') as sku,
    lead.number as lead_time_days,
    deviation.number as lead_time_deviation,
    least.number as minimum_order,
    pack.number as pack_size,
    cost.number as unit_cost,
    freight.number as freight,
    duty.number as duty,
    coalesce(upper(trim(s.currency)), getvariable('currency')) as currency,
    cast(to_moment(s.valid_from, getvariable('day_first')) as date) as valid_from,
    coalesce(to_flag(s.remove), false) as is_removed,
    {
        'sku': s.sku,
        'lead_time_days': lead.value,
        'lead_time_deviation': deviation.value,
        'minimum_order': least.value,
        'pack_size': pack.value,
        'unit_cost': cost.value,
        'freight': freight.value,
        'duty': duty.value,
        'valid_from': nullif(trim(s.valid_from), ''),
        'remove': nullif(trim(s.remove), '')
    } as text
from source as s
left join numbers_said as lead on s.lead_time_days = lead.value
left join numbers_said as deviation on s.lead_time_deviation = deviation.value
left join numbers_said as least on s.minimum_order = least.value
left join numbers_said as pack on s.pack_size = pack.value
left join numbers_said as cost on s.unit_cost = cost.value
left join numbers_said as freight on s.freight = freight.value
left join numbers_said as duty on s.duty = duty.value;

create or replace table rejects as
select
    record,
    bad.column_name,
    bad.value,
    coalesce(
        bad.reason,
        case
            when bad.number < 0 then 'this cannot be below 0'
            when contains(bad.value, '%') then 'a percentage is not an amount: write what it comes to for one piece'
            when starts_with(bad.column_name, 'lead time') then 'this is not a number of days; write it as 14'
            else 'this is not a number'
        end
    ) as reason
from (
    select
        record,
        unnest([
            {
                'column_name': 'supplier', 'value': supplier, 'number': cast(null as decimal(18, 6)), 'is_bad': supplier is null,
                'reason': 'the supplier is missing'
            },
            {
                'column_name': 'sku', 'value': text['sku'], 'number': null, 'is_bad': is_rounded(text['sku']),
                'reason': 'a spreadsheet has rounded this SKU, so it is no key; export it again'
            },
            {
                'column_name': 'lead time days', 'value': text['lead_time_days'], 'number': lead_time_days,
                'is_bad': text['lead_time_days'] is not null and coalesce(lead_time_days < 0, true), 'reason': null
            },
            {
                'column_name': 'lead time deviation', 'value': text['lead_time_deviation'], 'number': lead_time_deviation,
                'is_bad': text['lead_time_deviation'] is not null and coalesce(lead_time_deviation < 0, true), 'reason': null
            },
            {
                'column_name': 'minimum order', 'value': text['minimum_order'], 'number': minimum_order,
                'is_bad': text['minimum_order'] is not null and coalesce(minimum_order < 0, true), 'reason': null
            },
            {
                'column_name': 'pack size', 'value': text['pack_size'], 'number': pack_size,
                'is_bad': text['pack_size'] is not null and coalesce(pack_size <= 0, true),
                'reason': case when pack_size = 0 then 'a pack holds at least one piece' end
            },
            {
                'column_name': 'unit cost', 'value': text['unit_cost'], 'number': unit_cost,
                'is_bad': text['unit_cost'] is not null and coalesce(unit_cost < 0, true), 'reason': null
            },
            {
                'column_name': 'freight', 'value': text['freight'], 'number': freight,
                'is_bad': text['freight'] is not null and coalesce(freight < 0, true), 'reason': null
            },
            {
                'column_name': 'duty', 'value': text['duty'], 'number': duty,
                'is_bad': text['duty'] is not null and coalesce(duty < 0, true), 'reason': null
            },
            {
                'column_name': 'valid from', 'value': text['valid_from'], 'number': null,
                'is_bad': text['valid_from'] is not null and valid_from is null, 'reason': 'this is not a date'
            },
            {
                'column_name': 'currency', 'value': currency, 'number': null, 'is_bad': not regexp_full_match(currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
            },
            {
                'column_name': 'remove', 'value': text['remove'], 'number': null,
                'is_bad': text['remove'] is not null and to_flag(text['remove']) is null, 'reason': 'this is neither yes nor no'
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
        supplier,
        sku,
        coalesce(valid_from, cast(getvariable('as_of') as date)) as valid_from
    from typed
    where not is_blank and record not in (select record from rejects)
)

select
    t.record,
    case
        when t.is_blank then 'ignored'
        when f.record is null then 'rejected'
        when row_number() over (partition by f.supplier, f.sku, f.valid_from order by t.record desc) > 1 then 'duplicate'
        else 'fact'
    end as state
from typed as t
left join facts as f on t.record = f.record;

create or replace table suppliers_new as
select
    t.supplier,
    t.sku,
    t.lead_time_days,
    t.lead_time_deviation,
    t.minimum_order,
    t.pack_size,
    t.unit_cost,
    t.freight,
    t.duty,
    t.currency,
    t.valid_from,
    t.is_removed,
    1 as rows
from typed as t
inner join records as r on t.record = r.record
where r.state = 'fact';
