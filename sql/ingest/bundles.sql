-- A table of bundles made by hand -> bundles_new (one row a bundle and component), records and rejects. The last row of a
-- bundle and component is the one that holds. A part of a bundle is not the bundle: where one of its rows cannot be used,
-- none is.

create or replace table typed as
select
    record,
    is_blank,
    to_code(bundle_sku, (select bool_and(regexp_full_match(trim(bundle_sku), '[0-9]+\.0')) from source)) as bundle_sku,
    to_code(component_sku, (select bool_and(regexp_full_match(trim(component_sku), '[0-9]+\.0')) from source)) as component_sku,
    to_number(or_none(units), getvariable('decimal_comma')) as units,
    bundle_sku as bundle_text,
    component_sku as component_text,
    or_none(units) as units_text,
    nullif(trim(remove), '') as remove_text,
    coalesce(to_flag(remove), false) as is_removed
from source;

-- What is in a bundle, in what is in it, and so on.
create or replace table contents as
with recursive reached as (
    select
        bundle_sku,
        component_sku
    from typed
    where bundle_sku is not null and component_sku is not null
    union
    select
        r.bundle_sku,
        t.component_sku
    from reached as r
    inner join typed as t on r.component_sku = t.bundle_sku
    where t.component_sku is not null
)

select *
from reached;

create or replace table bad_bundles as
select
    record,
    bundle_sku,
    bad.column_name,
    bad.value,
    bad.reason
from (
    select
        record,
        bundle_sku,
        unnest([
            {
                'column_name': 'bundle sku', 'value': bundle_text, 'is_bad': bundle_sku is null or is_rounded(bundle_text),
                'reason': case
                    when bundle_sku is null then 'the bundle''s SKU is missing'
                    else 'a spreadsheet has rounded this SKU, so it is no key; export it again'
                end
            },
            {
                'column_name': 'component sku', 'value': component_text,
                'is_bad': case
                    when is_removed then component_sku is not null
                    else component_sku is null or is_rounded(component_text) or component_sku = bundle_sku or is_circular
                end,
                'reason': case
                    when is_removed then 'a row that takes a bundle away names no component'
                    when component_sku is null then 'the component''s SKU is missing'
                    when component_sku = bundle_sku then 'a bundle is no component of itself'
                    when is_circular then 'this component holds the bundle itself'
                    else 'a spreadsheet has rounded this SKU, so it is no key; export it again'
                end
            },
            {
                'column_name': 'units', 'value': units_text, 'is_bad': not is_removed and coalesce(units <= 0, true),
                'reason': case
                    when units_text is null then 'how many pieces one bundle holds is missing'
                    when units <= 0 then 'a bundle holds more than 0 of a component'
                    else 'this is not a number'
                end
            },
            {
                'column_name': 'remove', 'value': remove_text,
                'is_bad': remove_text is not null and to_flag(remove_text) is null,
                'reason': 'this is neither yes nor no'
            }
        ]) as bad
    from (
        select
            t.*,
            c.bundle_sku is not null as is_circular
        from typed as t
        left join contents as c on t.component_sku = c.bundle_sku and t.bundle_sku = c.component_sku
    )
    where not is_blank
)
where bad.is_bad;

create or replace table rejects as
select
    record,
    column_name,
    value,
    reason
from bad_bundles
union all
select
    t.record,
    'bundle sku' as column_name,
    t.bundle_text as value,
    'another row of this bundle cannot be used, and a part of it is not the bundle' as reason
from typed as t
where
    t.bundle_sku in (select bundle_sku from bad_bundles where bundle_sku is not null)
    and t.record not in (select record from bad_bundles);

create or replace table records as
with facts as (
    select
        record,
        bundle_sku,
        component_sku
    from typed
    where not is_blank and record not in (select record from rejects)
)

select
    t.record,
    case
        when t.is_blank then 'ignored'
        when f.record is null then 'rejected'
        when row_number() over (partition by f.bundle_sku, f.component_sku order by t.record desc) > 1 then 'duplicate'
        else 'fact'
    end as state
from typed as t
left join facts as f on t.record = f.record;

create or replace table bundles_new as
select
    t.bundle_sku,
    t.component_sku,
    t.units,
    t.is_removed,
    1 as rows
from typed as t
inner join records as r on t.record = r.record
where r.state = 'fact';
