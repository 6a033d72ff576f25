-- Amazon's settlement, flat file V2 -> transactions_new (one row an amount), records and rejects. The first row of a
-- settlement holds its total and no amount, and is the payout; all others are signed from the shop's view and add up to it. Whatever the buyer
-- of a refunded order gets back (goods, shipping, tax, less the promotion) is a refund; fees and withheld tax stay apart.

create or replace table typed as
select
    record,
    is_blank,
    trim(settlement_id) as settlement_id,
    transaction_type is null and amount is null and total_amount is not null as is_total,
    to_number(total_amount, getvariable('decimal_comma')) as total_amount,
    cast(local_moment(deposit_date, getvariable('day_first')) as date) as deposit_on,
    upper(trim(currency)) as currency,
    trim(transaction_type) as transaction_type,
    -- rows of inbound shipments carry the shipment's number here
    case when not regexp_full_match(trim(order_id), 'FBA[0-9A-Z]+') then trim(order_id) end as order_name,
    trim(marketplace) as marketplace,
    coalesce(trim(amount_type), '') as amount_type,
    coalesce(trim(amount_description), '') as amount_description,
    to_number(amount, getvariable('decimal_comma')) as amount,
    local_moment(coalesce(posted_date_time, posted_date), getvariable('day_first')) as posted_at,
    nullif(trim(sku), '') as sku,
    to_number(quantity, getvariable('decimal_comma')) as units,
    concat_ws(
        '|', transaction_type, order_id, adjustment_id, shipment_id, marketplace, amount_type, amount_description, amount,
        coalesce(posted_date_time, posted_date), order_item_code, adjustment_item_id, sku, quantity, promotion_id
    ) as said
from source;

create or replace table settlements as
select
    settlement_id,
    max(total_amount) filter (where is_total) as total_amount,
    max(deposit_on) as deposit_on,
    max(posted_at) as last_posted_at,
    coalesce(max(currency), getvariable('currency')) as currency,
    bool_or(is_total) as has_total
from typed
where settlement_id is not null
group by settlement_id;

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
                'column_name': 'settlement-id', 'value': s.settlement_id,
                'is_bad': s.settlement_id is null or regexp_full_match(t.settlement_id, '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+'),
                'reason': case
                    when s.settlement_id is null then 'the settlement is missing'
                    else 'a spreadsheet has rounded this number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'total-amount', 'value': s.total_amount, 'is_bad': t.is_total and t.total_amount is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'amount', 'value': s.amount, 'is_bad': not t.is_total and t.amount is null,
                'reason': case when s.amount is null then 'the amount is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'posted-date', 'value': coalesce(s.posted_date_time, s.posted_date),
                'is_bad': not t.is_total and t.posted_at is null,
                'reason': case
                    when coalesce(s.posted_date_time, s.posted_date) is null then 'the date is missing' else 'this is not a date'
                end
            },
            {
                'column_name': 'quantity-purchased', 'value': s.quantity, 'is_bad': s.quantity is not null and t.units is null,
                'reason': 'this is not a quantity'
            },
            {
                'column_name': 'currency', 'value': s.currency,
                'is_bad': s.currency is not null and not regexp_full_match(t.currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not t.is_blank
)
where bad.is_bad;

create or replace table records as
select
    record,
    case
        when record in (select record from rejects) then 'rejected'
        when is_blank then 'ignored'
        when is_total and row_number() over (partition by settlement_id, is_total order by record) > 1 then 'duplicate'
        else 'fact'
    end as state,
    settlement_id
from typed;

create or replace table transactions_new as
with told as (
    select
        t.*,
        lower(t.transaction_type) as type,
        lower(t.amount_type) as part,
        lower(t.amount_description) as detail,
        -- identical rows are amounts of their own
        row_number() over (partition by t.settlement_id, t.said order by t.record) as ordinal
    from typed as t
    inner join records as r on t.record = r.record
    where r.state = 'fact' and not t.is_total
)

select
    'amazon_settlement' as source,
    t.settlement_id || '|' || md5(t.said) || '|' || t.ordinal as transaction_key,
    t.order_name,
    case
        when contains(t.part, 'withheldtax') then 'tax'
        when t.part in ('itemprice', 'promotion') and regexp_matches(t.type, 'chargeback|a-to-z') then 'chargeback'
        when t.part in ('itemprice', 'promotion') and starts_with(t.type, 'refund') then 'refund'
        when t.part = 'promotion' then 'promotion'
        when t.part = 'itemprice' and t.detail = 'principal' then 'sale'
        when t.part = 'itemprice' and contains(t.detail, 'tax') then 'tax'
        when t.part = 'itemprice' and contains(t.detail, 'shipping') then 'shipping'
        when contains(t.part, 'fee') or contains(t.type, 'fee') or contains(t.part, 'advertising') then 'fee'
        when contains(t.detail, 'reserve') then 'other'
        when regexp_matches(t.type || ' ' || t.part || ' ' || t.detail, 'adjustment|reimbursement') then 'adjustment'
        -- what Amazon charges besides fees: labels, carriage to its warehouses, taking goods away
        when regexp_matches(t.detail, 'fee|label|postage|inbound|charge$|disposal|removal|shipping ?services') then 'fee'
        else 'other'
    end as kind,
    concat_ws(' / ', t.transaction_type, nullif(t.amount_type, ''), nullif(t.amount_description, '')) as what,
    t.sku,
    cast(null as varchar) as title,
    t.units,
    t.posted_at as happened_at,
    coalesce(t.marketplace, 'Amazon') as gateway,
    cast(null as varchar) as status,
    coalesce(t.currency, s.currency) as currency,
    cast(t.amount as decimal(18, 4)) as amount,
    cast(null as decimal(18, 4)) as fee,
    cast(null as decimal(18, 4)) as net,
    t.settlement_id as group_key,
    s.deposit_on as paid_out_on,
    1 as rows
from told as t
inner join settlements as s on t.settlement_id = s.settlement_id
union all
select
    'amazon_settlement' as source,
    t.settlement_id || '|total' as transaction_key,
    null as order_name,
    'payout' as kind,
    'Settlement total' as what,
    null as sku,
    null as title,
    null as units,
    coalesce(cast(s.deposit_on as timestamp), s.last_posted_at, cast(getvariable('as_of') as timestamp)) as happened_at,
    'Amazon' as gateway,
    null as status,
    s.currency,
    -cast(t.total_amount as decimal(18, 4)) as amount,
    null as fee,
    null as net,
    t.settlement_id as group_key,
    s.deposit_on as paid_out_on,
    1 as rows
from typed as t
inner join records as r on t.record = r.record and r.state = 'fact'
inner join settlements as s on t.settlement_id = s.settlement_id
where t.is_total;

create or replace table file_notices as
with sums as (
    select
        group_key,
        sum(amount) as amount
    from transactions_new
    where kind <> 'payout'
    group by group_key
),

compared as (
    select
        s.settlement_id,
        s.has_total,
        s.currency,
        s.total_amount,
        coalesce(a.amount, 0) as amount,
        coalesce(a.amount, 0) - s.total_amount as difference
    from settlements as s
    left join sums as a on s.settlement_id = a.group_key
)

select
    case
        when has_total then printf(
            'Settlement %s: its rows add up to %s %s, its total is %s: %s is not explained by the rows.', settlement_id,
            cast(cast(amount as decimal(18, 2)) as varchar), currency, cast(cast(total_amount as decimal(18, 2)) as varchar),
            cast(cast(difference as decimal(18, 2)) as varchar)
        )
        else printf(
            'Settlement %s has no row with its total, so nothing says that it is whole; its rows add up to %s %s.', settlement_id,
            cast(cast(amount as decimal(18, 2)) as varchar), currency
        )
    end as notice,
    coalesce(difference, amount) as value
from compared
where not has_total or difference <> 0;
