-- Stripe's payments -> typed, from which money_moved makes the facts. What was converted is in the account's own currency, and so
-- is the fee. The export knows how much of a payment went back but not when: that is left to the balance transactions.

create or replace table typed as
with read as (
    select
        *,
        lower(trim(status)) as state,
        to_number(coalesce(settled, amount), getvariable('decimal_comma')) as gross,
        to_number(coalesce(settled_refunded, refunded), getvariable('decimal_comma')) as went_back,
        to_number(fee, getvariable('decimal_comma')) as taken,
        coalesce(
            from_utc(to_moment(date_utc, getvariable('day_first'))), to_moment("date", getvariable('day_first'))
        ) as moment
    from source
)

select
    record,
    is_blank,
    case
        when lower(trim(mode)) = 'test' then 'are test payments'
        when coalesce(regexp_matches(state, 'fail|cancel|requires|incomplete|pending|uncaptured|blocked|expired'), false)
            or lower(trim(captured)) = 'false'
            then 'failed, were cancelled or are not captured, and moved no money'
    end as left_out,
    'stripe_payments' as source,
    nullif(trim(transaction_id), '') as transaction_id,
    '' as said,
    coalesce(order_in("order"), order_in(description)) as order_name,
    case when state is not null then 'sale' end as kind,
    'payment' as what,
    cast(null as varchar) as unknown,
    null as sku,
    null as title,
    moment as happened_at,
    'Stripe' as gateway,
    state as status,
    upper(trim(case when settled is not null then coalesce(settled_currency, currency) else currency end)) as currency,
    gross as amount,
    taken as fee,
    gross - coalesce(taken, 0) as net,
    null as group_key,
    null as paid_out_on,
    {
        'date': coalesce(date_utc, "date"), 'type': status, 'amount': coalesce(settled, amount), 'fee': fee,
        'net': cast(null as varchar), 'currency': currency, 'transaction_id': transaction_id, 'order': "order"
    } as text,
    went_back
from read;
