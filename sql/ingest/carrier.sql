-- A carrier's invoice -> typed, from which money_moved makes the facts: a row is a cost, which is money that went out, so a credit
-- note is a row with a minus. What is charged on top of a parcel is a row of its own and adds up at its order.

create or replace table typed as
with columns_of_file as (
    select
        bool_and(regexp_full_match(trim("order"), '[0-9]+\.0')) as has_float_orders,
        bool_and(regexp_full_match(trim(tracking), '[0-9]+\.0')) as has_float_numbers
    from source
),

read as (
    select
        s.*,
        regexp_replace(to_code(s."order", c.has_float_orders), '^#', '') as number,
        to_code(s.tracking, c.has_float_numbers) as parcel,
        nullif(trim(s.direction), '') as way,
        concat_ws(' / ', nullif(trim(s.service), ''), nullif(trim(s.surcharge), '')) as charged_for,
        to_number(or_none(s.amount), getvariable('decimal_comma')) as cost
    from source as s
    cross join columns_of_file as c
),

told as (
    select
        *,
        case
            when way is null and regexp_matches(charged_for, '(?i)\b(return|retoure|retour|rücksend|devoluci|reso\b)') then 'return'
            when way is null or regexp_matches(lower(way), '^(out|outbound|outgoing|ship|hin|versand|aus|aller|ida|env|forward|sent|o$)') then 'out'
            when regexp_matches(lower(way), 'return|retour|retoure|rück|devoluci|vuelta|inbound|^in$|back|^r$') then 'return'
        end as direction_known
    from read
)

select
    record,
    is_blank
    or (number is null and parcel is null and date is null)
    or (parcel is null and date is null and regexp_matches(lower("order"), '^(grand )?(total|totals|summe|gesamt|sum)\b')) as is_blank,
    cast(null as varchar) as left_out,
    'carrier' as source,
    cast(null as varchar) as transaction_id,
    concat_ws('|', invoice, parcel, number, date, charged_for, way, amount, currency) as said,
    number as order_name,
    'fee' as kind,
    concat_ws(' / ', direction_known, nullif(charged_for, '')) as what,
    case when direction_known is null then way end as unknown,
    null as sku,
    null as title,
    to_moment(date, getvariable('day_first')) as happened_at,
    null as gateway,
    null as status,
    upper(trim(coalesce(currency, getvariable('currency')))) as currency,
    -cost as amount,
    cast(null as decimal(18, 4)) as fee,
    -cost as net,
    nullif(trim(invoice), '') as group_key,
    null as paid_out_on,
    {
        'date': date, 'type': 'fee', 'amount': or_none(amount), 'fee': cast(null as varchar), 'net': cast(null as varchar),
        'currency': currency, 'transaction_id': cast(null as varchar), 'order': "order"
    } as text
from told;
