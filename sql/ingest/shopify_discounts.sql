-- Shopify discounts export -> discounts_new (one row a code), records and rejects. The platform prints what is taken off
-- with a minus; it is kept without one. A minimum may be an amount, a number of items or words.

create or replace table typed as
select
    record,
    is_blank,
    trim(name) as code,
    -- the newer export says whether goods, the order or shipping are reduced; the older only how
    lower(coalesce(trim(class), trim(type))) as kind,
    abs(to_number(replace(value, '%', ''), getvariable('decimal_comma'))) as value,
    lower(replace(trim(value_type), ' ', '_')) as value_kind,
    to_number(
        nullif(regexp_extract(minimum, '^\D{0,4}([0-9][0-9.,]*)\D{0,4}$', 1), ''), getvariable('decimal_comma')
    ) as minimum,
    to_number(used, getvariable('decimal_comma')) as used,
    lower(trim(status)) as status,
    cast(to_moment(starts, getvariable('day_first')) as date) as starts_on,
    cast(to_moment(ends, getvariable('day_first')) as date) as ends_on
from source;

create or replace table rejects as
select
    record,
    bad.column_name,
    bad.value,
    bad.reason
from (
    select
        t.record,
        unnest([
            {'column_name': 'Name', 'value': s.name, 'is_bad': s.name is null, 'reason': 'the code is missing'},
            {
                'column_name': 'Value', 'value': s.value,
                'is_bad': s.value is not null
                and coalesce(t.value >= 10000000000000 or (t.value_kind = 'percentage' and t.value > 100), true),
                'reason': case
                    when t.value_kind = 'percentage' and t.value > 100 then 'more than 100 per cent cannot be taken off'
                    else 'this is not a value'
                end
            },
            {
                'column_name': 'Times Used In Total', 'value': s.used,
                'is_bad': s.used is not null and coalesce(t.used < 0 or t.used <> floor(t.used) or t.used > 2000000000, true),
                'reason': 'this is not a number of uses'
            },
            {
                'column_name': 'Start', 'value': s.starts, 'is_bad': s.starts is not null and t.starts_on is null,
                'reason': 'this is not a date'
            },
            {
                'column_name': 'End', 'value': s.ends, 'is_bad': s.ends is not null and t.ends_on is null,
                'reason': 'this is not a date'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not t.is_blank
)
where bad.is_bad;

-- Codes are not told apart by capitals at the checkout.
create or replace table keyed as
select
    *,
    row_number() over (partition by lower(code) order by record desc) as from_last
from typed
where not is_blank and record not in (select record from rejects);

create or replace table records as
select
    t.record,
    case
        when t.is_blank then 'ignored'
        when k.record is null then 'rejected'
        when k.from_last > 1 then 'duplicate'
        else 'fact'
    end as state
from typed as t
left join keyed as k on t.record = k.record;

create or replace table discounts_new as
select
    code,
    kind,
    cast(value as decimal(18, 4)) as value,
    value_kind,
    cast(minimum as decimal(18, 4)) as minimum,
    starts_on,
    ends_on,
    cast(used as integer) as used,
    status,
    getvariable('currency') as currency,
    1 as rows
from keyed
where from_last = 1;
