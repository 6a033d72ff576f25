-- Shopify Payments transactions -> transactions_new (one row each), records, rejects and file_notices. Refunds and payouts
-- are printed with their sign; Amount - Fee = Net on every row, and where not, the row is named and kept as printed.

-- An amount in words: two decimals, more only where they say something.
create or replace macro cents(amount) as regexp_replace(cast(cast(amount as decimal(18, 4)) as varchar), '0{1,2}$', '');

create or replace table typed as
select
    record,
    is_blank,
    nullif(trim("order"), '') as order_name,
    lower(replace(trim(type), '_', ' ')) as what,
    lower(replace(trim(payout_status), '_', ' ')) as status,
    coalesce(trim(method), trim(card_brand)) as gateway,
    to_moment(happened, getvariable('day_first')) as happened_at,
    regexp_matches(happened, ':[0-9]{2}:[0-9]{2}') as has_seconds,
    cast(to_moment(payout_date, getvariable('day_first')) as date) as payout_on,
    -- spreadsheets turn long ids into 1.40769E+11: such a number is no key
    case when not regexp_matches(payout_id, '[eE.,]') then nullif(regexp_replace(trim(payout_id), '^''', ''), '') end as payout_id,
    case when not regexp_matches(checkout, '[0-9][eE.,]') then trim(checkout) end as checkout,
    to_number(amount, getvariable('decimal_comma')) as amount,
    to_number(fee, getvariable('decimal_comma')) as fee,
    to_number(net, getvariable('decimal_comma')) as net,
    upper(trim(coalesce(currency, getvariable('currency')))) as currency,
    is_blank
    or (happened is null and payout_date is null and (type is null or lower(trim(type)) in ('total', 'totals', 'grand total')))
        as is_passed
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
            {
                'column_name': 'Transaction Date', 'value': s.happened, 'is_bad': t.happened_at is null,
                'reason': case when s.happened is null then 'the date is missing' else 'this is not a date' end
            },
            {'column_name': 'Type', 'value': s.type, 'is_bad': s.type is null, 'reason': 'the type is missing'},
            {
                'column_name': 'Order', 'value': s."order", 'is_bad': regexp_full_match(s."order", '[0-9.,]+[eE]\+?[0-9]+'),
                'reason': 'a spreadsheet has rounded this order number, so it is no key; export it again'
            },
            {
                'column_name': 'Payout Date', 'value': s.payout_date, 'is_bad': s.payout_date is not null and t.payout_on is null,
                'reason': 'this is not a date'
            },
            {
                'column_name': 'Amount', 'value': s.amount, 'is_bad': t.amount is null or abs(t.amount) >= 10000000000000,
                'reason': case when s.amount is null then 'the amount is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'Fee', 'value': s.fee, 'is_bad': s.fee is not null and coalesce(abs(t.fee) >= 10000000000000, true),
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Net', 'value': s.net, 'is_bad': s.net is not null and coalesce(abs(t.net) >= 10000000000000, true),
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'Currency', 'value': s.currency, 'is_bad': not regexp_full_match(t.currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not t.is_passed
)
where bad.is_bad;

-- Status, payout and checkout change or get lost between two exports, so they are no part of the key.
create or replace table keyed as
with numbered as (
    select
        *,
        case
            when has_seconds and (checkout is not null or order_name is not null) then dense_rank() over (alike order by happened_at)
            -- without an order (payouts, adjustments) or seconds, rows alike are rows of their own
            else row_number() over (alike order by happened_at, record)
        end as ordinal
    from typed
    where not is_passed and record not in (select record from rejects)
    window alike as (partition by order_name, what, amount, fee, currency, date_trunc('minute', happened_at), has_seconds)
),

named as (
    select
        *,
        concat_ws(
            '|', coalesce(order_name, ''), what, strftime(happened_at, '%Y-%m-%d %H:%M'), cast(amount as varchar),
            cast(fee as varchar), currency, ordinal
        ) as transaction_key
    from numbered
)

select
    *,
    row_number() over (partition by transaction_key order by record desc) as from_last
from named;

create or replace table records as
select
    t.record,
    case
        when t.is_passed then 'ignored'
        when k.record is null then 'rejected'
        when k.from_last > 1 then 'duplicate'
        else 'fact'
    end as state
from typed as t
left join keyed as k on t.record = k.record;

create or replace table transactions_new as
select
    'shopify_payments' as source,
    transaction_key,
    order_name,
    case
        when what in ('charge', 'payment', 'capture', 'sale') then 'sale'
        when what = 'refund' then 'refund'
        when what like 'chargeback%' or what like 'dispute%' then 'chargeback'
        when what like 'payout%' or what like 'transfer%' then 'payout'
        when what like '%fee%' or what like '%label%' then 'fee'
        when what like '%shipping%' then 'shipping'
        when what like '%tax%' or what like '%vat%' then 'tax'
        when what like '%adjustment%' or what like '%reserve%' or what like 'refund%' or what in ('credit', 'debit') then 'adjustment'
        else 'other'
    end as kind,
    what,
    cast(null as varchar) as sku,
    cast(null as varchar) as title,
    cast(null as decimal(18, 4)) as units,
    happened_at,
    gateway,
    status,
    currency,
    cast(amount as decimal(18, 4)) as amount,
    cast(fee as decimal(18, 4)) as fee,
    cast(coalesce(net, amount - fee) as decimal(18, 4)) as net,
    coalesce(payout_id, cast(payout_on as varchar)) as group_key,
    case when status = 'paid' then payout_on end as paid_out_on,
    1 as rows
from keyed
where from_last = 1;

create or replace table file_notices as
with facts as (
    select
        k.*,
        k.amount - k.fee - k.net as difference
    from keyed as k
    where k.from_last = 1
),

disagreeing as (
    select
        *,
        row_number() over (order by record) as place,
        count(*) over () as all_of_them
    from facts
    where difference <> 0
)

select
    format(
        'Row {:,} ({}, {}): Amount {} - Fee {} is not Net {}; it was kept as printed, {} apart.', record, what,
        coalesce(order_name, 'no order'), cents(amount), cents(fee), cents(net), cents(difference)
    ) as notice,
    place as value
from disagreeing
where place <= 10
union all
select
    format('{:,} rows in all where Amount - Fee is not Net; the first 10 are named.', any_value(all_of_them)) as notice,
    any_value(all_of_them) as value
from disagreeing
having any_value(all_of_them) > 10
union all
select
    format('{:,} transactions are not paid out yet; export them again later to see their payout.', count(*)) as notice,
    count(*) as value
from facts
where status in ('pending', 'scheduled', 'in transit')
having count(*) > 0
union all
select
    format('{:,} rows are of a type that is not known ({}); they are kept as other money.', sum(rows), string_agg(distinct what, ', '))
        as notice,
    sum(rows) as value
from transactions_new
where kind = 'other'
having sum(rows) > 0
union all
select
    format('{:,} transactions stand twice in the file, to the second; each counts once.', count(*)) as notice,
    count(*) as value
from records
where state = 'duplicate'
having count(*) > 0;
