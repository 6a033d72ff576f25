-- A table of exchange rates made by hand -> rates_new (one row a pair of currencies and first day of its rate), records and
-- rejects. The last row of a pair and day is the one that holds. A rate keeps twelve decimals: some currencies are worth
-- little, and six would lose digits of it.

create or replace table typed as
select
    record,
    is_blank,
    upper(nullif(trim(currency), '')) as currency,
    upper(nullif(trim(into_currency), '')) as into_currency,
    cast(to_moment(valid_from, getvariable('day_first')) as date) as valid_from,
    case
        when regexp_full_match(trim(rate), '[0-9]{1,10}(\.[0-9]{1,15})?|[0-9](\.[0-9]{1,15})?[eE]-[0-9]{1,2}')
            and not getvariable('decimal_comma')
            then try_cast(trim(rate) as decimal(24, 12))
        when regexp_full_match(trim(rate), '[0-9]{1,10}(,[0-9]{1,15})?') and getvariable('decimal_comma')
            then try_cast(replace(trim(rate), ',', '.') as decimal(24, 12))
        else cast(to_number(or_none(rate), getvariable('decimal_comma')) as decimal(24, 12))
    end as rate,
    nullif(trim(valid_from), '') as valid_from_text,
    or_none(rate) as rate_text
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
                'column_name': 'currency', 'value': currency,
                'is_bad': not coalesce(regexp_full_match(currency, '[A-Z]{3}'), false),
                'reason': case
                    when currency is null then 'the currency is missing' else 'this is not a three-letter currency'
                end
            },
            {
                'column_name': 'into currency', 'value': into_currency,
                'is_bad': not coalesce(regexp_full_match(into_currency, '[A-Z]{3}') and into_currency <> currency, false),
                'reason': case
                    when into_currency is null then 'the currency it is shown in is missing'
                    when into_currency = currency then 'a currency is always worth one of itself'
                    else 'this is not a three-letter currency'
                end
            },
            {
                'column_name': 'valid from', 'value': valid_from_text, 'is_bad': valid_from is null,
                'reason': case when valid_from_text is null then 'the day is missing' else 'this is not a date' end
            },
            {
                'column_name': 'rate', 'value': rate_text, 'is_bad': not coalesce(rate > 0, false),
                'reason': case
                    when rate_text is null then 'the rate is missing'
                    when rate <= 0 then 'a rate is above 0'
                    else 'this is not a rate'
                end
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
        currency,
        into_currency,
        valid_from
    from typed
    where not is_blank and record not in (select record from rejects)
)

select
    t.record,
    case
        when t.is_blank then 'ignored'
        when f.record is null then 'rejected'
        when row_number() over (partition by f.currency, f.into_currency, f.valid_from order by t.record desc) > 1 then 'duplicate'
        else 'fact'
    end as state
from typed as t
left join facts as f on t.record = f.record;

create or replace table rates_new as
select
    t.currency,
    t.into_currency,
    t.valid_from,
    t.rate,
    1 as rows
from typed as t
inner join records as r on t.record = r.record
where r.state = 'fact';
