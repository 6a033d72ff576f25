-- A table of costs made by hand -> costs_new (one row a product and first day of its cost), records and rejects. The last
-- row of a product and day is the one that holds; without a day the file's own is meant.

create or replace table typed as
select
    record,
    is_blank,
    to_code(code, (select bool_and(regexp_full_match(trim(code), '[0-9]+\.0')) from source)) as code,
    cast(to_moment(valid_from, getvariable('day_first')) as date) as valid_from,
    coalesce(upper(trim(currency)), getvariable('currency')) as currency,
    to_number(or_none(unit_cost), getvariable('decimal_comma')) as unit_cost,
    to_number(or_none(freight), getvariable('decimal_comma')) as freight,
    to_number(or_none(duty), getvariable('decimal_comma')) as duty,
    code as code_text,
    nullif(trim(valid_from), '') as valid_from_text,
    or_none(unit_cost) as unit_cost_text,
    or_none(freight) as freight_text,
    or_none(duty) as duty_text
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
                'column_name': 'sku', 'value': code_text, 'is_bad': code is null or is_rounded(code_text),
                'reason': case
                    when code is null then 'the SKU is missing'
                    else 'a spreadsheet has rounded this SKU, so it is no key; export it again'
                end
            },
            {
                'column_name': 'unit cost', 'value': unit_cost_text, 'is_bad': coalesce(unit_cost < 0, true),
                'reason': case
                    when unit_cost_text is null then 'the cost is missing: unknown is not 0'
                    when unit_cost < 0 then 'a cost cannot be below 0'
                    else 'this is not an amount'
                end
            },
            {
                'column_name': 'freight', 'value': freight_text,
                'is_bad': freight_text is not null and coalesce(freight < 0, true),
                'reason': case when freight < 0 then 'a cost cannot be below 0' else 'this is not an amount' end
            },
            {
                'column_name': 'duty', 'value': duty_text, 'is_bad': duty_text is not null and coalesce(duty < 0, true),
                'reason': case when duty < 0 then 'a cost cannot be below 0' else 'this is not an amount' end
            },
            {
                'column_name': 'valid from', 'value': valid_from_text, 'is_bad': valid_from_text is not null and valid_from is null,
                'reason': 'this is not a date'
            },
            {
                'column_name': 'currency', 'value': currency, 'is_bad': not regexp_full_match(currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
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
        code,
        coalesce(valid_from, cast(getvariable('as_of') as date)) as valid_from
    from typed
    where not is_blank and record not in (select record from rejects)
)

select
    t.record,
    case
        when t.is_blank then 'ignored'
        when f.record is null then 'rejected'
        when row_number() over (partition by f.code, f.valid_from order by t.record desc) > 1 then 'duplicate'
        else 'fact'
    end as state
from typed as t
left join facts as f on t.record = f.record;

create or replace table costs_new as
select
    t.code,
    t.valid_from,
    t.currency,
    cast(t.unit_cost as decimal(18, 6)) as unit_cost,
    cast(t.freight as decimal(18, 6)) as freight,
    cast(t.duty as decimal(18, 6)) as duty,
    1 as rows
from typed as t
inner join records as r on t.record = r.record
where r.state = 'fact';
