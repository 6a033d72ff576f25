-- `typed`, the rows of a provider's export under common names, -> transactions_new (one row each), records, rejects and
-- file_notices. amount - fee = net. A row that says why it is `left_out` moved no money; the same transaction twice counts once,
-- by its last row; rows without a number of their own are told apart by what they say, and alike ones by their order.

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
                'column_name': 'date', 'value': text['date'], 'is_bad': happened_at is null,
                'reason': case when text['date'] is null then 'the date is missing' else 'this is not a date' end
            },
            {'column_name': 'type', 'value': text['type'], 'is_bad': kind is null, 'reason': 'the type is missing'},
            {
                'column_name': 'amount', 'value': text['amount'], 'is_bad': amount is null or abs(amount) >= 10000000000000,
                'reason': case when text['amount'] is null then 'the amount is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'fee', 'value': text['fee'],
                'is_bad': text['fee'] is not null and coalesce(abs(fee) >= 10000000000000, true), 'reason': 'this is not an amount'
            },
            {
                'column_name': 'net', 'value': text['net'],
                'is_bad': text['net'] is not null and coalesce(abs(net) >= 10000000000000, true), 'reason': 'this is not an amount'
            },
            {
                'column_name': 'currency', 'value': currency, 'is_bad': not coalesce(regexp_full_match(currency, '[A-Z]{3}'), false),
                'reason': 'this is not a three-letter currency'
            },
            {
                'column_name': 'transaction id', 'value': text['transaction_id'], 'is_bad': is_rounded(text['transaction_id']),
                'reason': 'a spreadsheet has rounded this number, so it is no key; export it again'
            },
            {
                'column_name': 'order', 'value': text['order'], 'is_bad': is_rounded(text['order']),
                'reason': 'a spreadsheet has rounded this order number, so it is no key; export it again'
            }
        ]) as bad
    from typed
    where not is_blank and left_out is null
)
where bad.is_bad;

create or replace table keyed as
with numbered as (
    select
        *,
        coalesce(
            transaction_id, md5(said) || '|' || row_number() over (partition by transaction_id is null, said order by record)
        ) as transaction_key
    from typed
    where not is_blank and left_out is null and record not in (select record from rejects)
)

select
    *,
    row_number() over (partition by transaction_key order by record desc) as from_last
from numbered;

create or replace table records as
select
    t.record,
    case
        when t.is_blank or t.left_out is not null then 'ignored'
        when k.record is null then 'rejected'
        when k.from_last > 1 then 'duplicate'
        else 'fact'
    end as state
from typed as t
left join keyed as k on t.record = k.record;

create or replace table transactions_new as
select
    source,
    transaction_key,
    order_name,
    kind,
    what,
    cast(sku as varchar) as sku,
    cast(title as varchar) as title,
    cast(null as decimal(18, 4)) as units,
    happened_at,
    gateway,
    cast(status as varchar) as status,
    currency,
    cast(amount as decimal(18, 4)) as amount,
    cast(fee as decimal(18, 4)) as fee,
    cast(coalesce(net, amount - fee) as decimal(18, 4)) as net,
    cast(group_key as varchar) as group_key,
    cast(paid_out_on as date) as paid_out_on,
    1 as rows
from keyed
where from_last = 1;

create or replace table file_notices as
with disagreeing as (
    select
        *,
        row_number() over (order by record) as place,
        count(*) over () as all_of_them
    from keyed
    where from_last = 1 and amount - coalesce(fee, 0) <> net
)

select
    format('{:,} rows {}.', count(*), left_out) as notice,
    count(*) as value
from typed
where not is_blank and left_out is not null
group by left_out
union all
select
    format(
        'Row {:,} ({}): {} less a fee of {} is not {}; it was kept as printed.', record, what, cents(amount), cents(coalesce(fee, 0)),
        cents(net)
    ) as notice,
    place as value
from disagreeing
where place <= 5
union all
select
    format('{:,} rows in all where amount and fee do not give the net; the first 5 are named.', any_value(all_of_them)) as notice,
    any_value(all_of_them) as value
from disagreeing
having any_value(all_of_them) > 5
union all
select
    format('{:,} payments name no order, so their fees stand on their own day and at no order.', count(*)) as notice,
    count(*) as value
from keyed
where from_last = 1 and kind = 'sale' and order_name is null
having count(*) > 0
union all
select
    format('{:,} rows are of a type that is not known ({}); they are kept as other money.', count(*), string_agg(distinct unknown, ', '))
        as notice,
    count(*) as value
from keyed
where from_last = 1 and unknown is not null
having count(*) > 0
union all
select
    format('{:,} transactions stand twice in the file; each counts once.', count(*)) as notice,
    count(*) as value
from records
where state = 'duplicate'
having count(*) > 0;
