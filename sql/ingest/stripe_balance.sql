-- Stripe's balance transactions -> typed, from which money_moved makes the facts. Fees are positive: gross - fee = net. Times are
-- UTC unless the report says otherwise. A payout stands under its own number, as do all movements that it pays out.

create or replace table typed as
with read as (
    select
        *,
        replace(lower(trim(type)), '_', ' ') as word,
        coalesce(
            from_utc(to_moment(date_utc, getvariable('day_first'))), to_moment("date", getvariable('day_first'))
        ) as moment,
        cast(to_moment(payout_date, getvariable('day_first')) as date) as payout_on,
        to_number(amount, getvariable('decimal_comma')) as gross,
        to_number(fee, getvariable('decimal_comma')) as taken,
        to_number(net, getvariable('decimal_comma')) as left_over
    from source
)

select
    record,
    is_blank or (transaction_id is null and lower(trim(type)) in ('total', 'totals')) as is_blank,
    cast(null as varchar) as left_out,
    'stripe_balance' as source,
    nullif(trim(transaction_id), '') as transaction_id,
    '' as said,
    coalesce(order_in("order"), order_in(description)) as order_name,
    case
        when word is null then null
        when word like 'payout%' or word = 'transfer' and source_id like 'po_%' then 'payout'
        when word like '%dispute%' or word = 'adjustment' and regexp_matches(description, '(?i)chargeback|dispute') then 'chargeback'
        when word like '%failure%' then 'adjustment'
        when word like '%refund%' or word = 'partial capture reversal' then 'refund'
        when word in ('charge', 'payment', 'payment unreconciled') then 'sale'
        when word like '%fee%' or word in ('network cost', 'tax', 'stripe balance payment debit') then 'fee'
        when regexp_matches(word, 'adjustment|reserve|hold|advance|credit|top ?up|contribution|transfer|risk') then 'adjustment'
        else 'other'
    end as kind,
    word as what,
    case
        when
            not regexp_matches(
                word,
                'payout|dispute|failure|refund|reversal|charge|payment|fee|network cost|tax|adjustment|reserve|hold|advance|credit'
                || '|top ?up|contribution|transfer|risk'
            )
            then trim(type)
    end as unknown,
    null as sku,
    null as title,
    moment as happened_at,
    'Stripe' as gateway,
    null as status,
    upper(trim(currency)) as currency,
    gross as amount,
    taken as fee,
    left_over as net,
    coalesce(nullif(trim(payout_id), ''), case when word like 'payout%' then source_id end) as group_key,
    coalesce(payout_on, case when word like 'payout%' then cast(moment as date) end) as paid_out_on,
    {
        'date': coalesce(date_utc, "date"), 'type': type, 'amount': amount, 'fee': fee, 'net': net, 'currency': currency,
        'transaction_id': transaction_id, 'order': "order"
    } as text
from read;
