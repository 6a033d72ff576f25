-- Shopify transaction histories -> transactions_new (one row a payment or refund), records, rejects and file_notices.
-- The export prints refunds without a sign and has no id of its own. Only what moved money is a fact.

create or replace table typed as
select
    record,
    is_blank,
    name,
    lower(trim(kind)) as kind,
    lower(trim(status)) as status,
    coalesce(trim(gateway), '') as gateway,
    to_moment(created_at, getvariable('day_first')) as happened_at,
    -- a spreadsheet saves moments without their seconds
    regexp_matches(created_at, ':[0-9]{2}:[0-9]{2}') as has_seconds,
    to_number(amount, getvariable('decimal_comma')) as amount,
    upper(trim(coalesce(currency, getvariable('currency')))) as currency,
    -- a total at the end names no order, no kind and no day
    is_blank
    or (kind is null and created_at is null and (name is null or lower(trim(name)) in ('total', 'totals', 'grand total'))) as is_passed
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
                'column_name': 'Name', 'value': s.name, 'is_bad': s.name is null or regexp_full_match(s.name, '[0-9.,]+[eE]\+?[0-9]+'),
                'reason': case
                    when s.name is null then 'the order number is missing'
                    else 'a spreadsheet has rounded this order number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'Kind', 'value': s.kind,
                'is_bad': t.kind is null
                or t.kind not in ('sale', 'capture', 'refund', 'change', 'authorization', 'emv_authorization', 'void', 'suggested_refund'),
                'reason': case when s.kind is null then 'the kind is missing' else 'this kind of transaction is not known' end
            },
            {
                'column_name': 'Created At', 'value': s.created_at, 'is_bad': t.happened_at is null,
                'reason': case when s.created_at is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'Status', 'value': s.status,
                'is_bad': t.status is null or t.status not in ('success', 'failure', 'error', 'pending', 'awaiting_response', 'unknown'),
                'reason': case when s.status is null then 'the status is missing' else 'this status is not known' end
            },
            {
                'column_name': 'Amount', 'value': s.amount, 'is_bad': t.amount is null or abs(t.amount) >= 10000000000000,
                'reason': case when s.amount is null then 'the amount is missing' else 'this is not an amount' end
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

-- The same order, kind, means, amount and minute: by the second they are told apart, and the same second is the same
-- transaction printed twice. Without seconds each row stands for itself. The key is alike with and without seconds.
create or replace table keyed as
with moved as (
    select
        *,
        status = 'success' and kind in ('sale', 'capture', 'refund', 'change') as is_moved
    from typed
    where not is_passed and record not in (select record from rejects)
),

numbered as (
    select
        *,
        case
            when has_seconds then dense_rank() over (alike order by happened_at)
            else row_number() over (alike order by happened_at, record)
        end as ordinal
    from moved
    where is_moved
    window alike as (partition by name, kind, gateway, amount, currency, date_trunc('minute', happened_at), has_seconds)
),

named as (
    select
        *,
        concat_ws('|', name, kind, gateway, strftime(happened_at, '%Y-%m-%d %H:%M'), cast(amount as varchar), currency, ordinal)
            as transaction_key
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
        when t.record in (select record from rejects) then 'rejected'
        when k.record is null then 'ignored'
        when k.from_last > 1 then 'duplicate'
        else 'fact'
    end as state
from typed as t
left join keyed as k on t.record = k.record;

create or replace table transactions_new as
select
    'shopify_transactions' as source,
    transaction_key,
    name as order_name,
    -- change given back at the till is part of what was paid, not a refund
    case when kind = 'refund' then 'refund' else 'sale' end as kind,
    kind as what,
    cast(null as varchar) as sku,
    cast(null as varchar) as title,
    cast(null as decimal(18, 4)) as units,
    happened_at,
    nullif(gateway, '') as gateway,
    status,
    currency,
    cast(case when kind in ('refund', 'change') then -abs(amount) else amount end as decimal(18, 4)) as amount,
    cast(null as decimal(18, 4)) as fee,
    cast(null as decimal(18, 4)) as net,
    cast(null as varchar) as group_key,
    cast(null as date) as paid_out_on,
    1 as rows
from keyed
where from_last = 1;

create or replace table file_notices as
with passed as (
    select
        case
            when t.kind in ('authorization', 'emv_authorization', 'void', 'suggested_refund') then 'moved'
            when t.status in ('pending', 'awaiting_response', 'unknown') then 'pending'
            else 'failed'
        end as why
    from typed as t
    inner join records as r on t.record = r.record
    where r.state = 'ignored' and not t.is_passed
)

select
    case why
        when 'moved' then format('{:,} authorisations and voided payments moved no money and were left out.', count(*))
        when 'pending' then format('{:,} payments are still pending; they were left out until an export says that they came.', count(*))
        else format('{:,} failed payments moved no money and were left out.', count(*))
    end as notice,
    count(*) as value
from passed
group by why
union all
select
    format('{:,} transactions stand twice in the file, to the second; each counts once.', count(*)) as notice,
    count(*) as value
from records
where state = 'duplicate'
having count(*) > 0;
