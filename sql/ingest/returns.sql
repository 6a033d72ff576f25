-- A table of returns made by hand -> returns_new (one row a returned line), records and rejects. Rows that repeat are pieces
-- of their own, told apart by an ordinal. What is written freely is kept short and without addresses and phone numbers.

create or replace table kinds_said as
select * from (
    values
    ('return', 'return'), ('returned', 'return'), ('refund', 'return'), ('rma', 'return'), ('retoure', 'return'),
    ('rückgabe', 'return'), ('erstattung', 'return'), ('retour', 'return'), ('remboursement', 'return'),
    ('devolución', 'return'), ('reembolso', 'return'),
    ('exchange', 'exchange'), ('replacement', 'exchange'), ('umtausch', 'exchange'), ('échange', 'exchange'), ('cambio', 'exchange'),
    ('cancellation', 'cancellation'), ('cancelled', 'cancellation'), ('canceled', 'cancellation'), ('storno', 'cancellation'),
    ('stornierung', 'cancellation'), ('annulation', 'cancellation'), ('cancelación', 'cancellation'),
    ('goodwill', 'goodwill'), ('kulanz', 'goodwill'), ('geste commercial', 'goodwill'), ('gesto comercial', 'goodwill'),
    ('chargeback', 'chargeback'), ('rückbuchung', 'chargeback'), ('rücklastschrift', 'chargeback'),
    ('rétrofacturation', 'chargeback'), ('contracargo', 'chargeback'),
    ('shipping refund', 'shipping_refund'), ('versandkostenerstattung', 'shipping_refund'),
    ('remboursement des frais de port', 'shipping_refund'), ('reembolso de envío', 'shipping_refund'),
    ('return fee', 'return_fee'), ('restocking fee', 'return_fee'), ('rücksendegebühr', 'return_fee'),
    ('retourengebühr', 'return_fee'), ('frais de retour', 'return_fee'), ('gastos de devolución', 'return_fee')
) as known (said, kind);

create or replace table typed as
with columns_of_file as (
    select
        bool_and(regexp_full_match(trim("order"), '[0-9]+\.0')) as has_float_orders,
        bool_and(regexp_full_match(trim(sku), '[0-9]+\.0')) as has_float_skus,
        count(quantity) > 0 as has_quantities
    from source
)

select
    s.record,
    s.is_blank,
    to_code(s."order", c.has_float_orders) as order_name,
    to_code(s.sku, c.has_float_skus) as sku,
    nullif(trim(s.title), '') as title,
    abs(to_number(or_none(s.quantity), getvariable('decimal_comma'))) as units,
    c.has_quantities,
    abs(to_number(or_none(s.amount), getvariable('decimal_comma'))) as amount,
    coalesce(upper(trim(s.currency)), getvariable('currency')) as currency,
    to_moment(coalesce(s.returned_at, s.date), getvariable('day_first')) as returned_at,
    case
        when nullif(trim(s.kind), '') is not null then k.kind
        when to_flag(s.is_exchange) then 'exchange'
        else 'return'
    end as kind,
    left(masked(trim(s.reason)), 100) as reason,
    left(masked(trim(s.condition)), 100) as condition,
    to_flag(s.is_restocked) as is_restocked,
    coalesce(
        left(masked(trim(s.resolution)), 100), case when to_flag(s.is_exchange) then 'exchange' end
    ) as resolution,
    nullif(left(masked(trim(s.comment)), 1000), '') as comment,
    nullif(trim(s.return_id), '') as return_id,
    {
        'order': s."order",
        'sku': s.sku,
        'quantity': or_none(s.quantity),
        'amount': or_none(s.amount),
        'date': coalesce(s.returned_at, s.date),
        'kind': nullif(trim(s.kind), ''),
        'is_restocked': nullif(trim(s.is_restocked), ''),
        'is_exchange': nullif(trim(s.is_exchange), '')
    } as text
from source as s
cross join columns_of_file as c
left join kinds_said as k on replace(lower(trim(s.kind)), '_', ' ') = k.said;

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
                'column_name': 'order', 'value': text['order'], 'is_bad': order_name is null or is_rounded(text['order']),
                'reason': case
                    when order_name is null then 'the order number is missing'
                    else 'a spreadsheet has rounded this order number, so it is no key; export it again'
                end
            },
            {
                'column_name': 'sku', 'value': text['sku'], 'is_bad': is_rounded(text['sku']),
                'reason': 'a spreadsheet has rounded this SKU, so it is no key; export it again'
            },
            {
                'column_name': 'return date', 'value': text['date'], 'is_bad': returned_at is null,
                'reason': case when text['date'] is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'quantity', 'value': text['quantity'], 'is_bad': text['quantity'] is not null and units is null,
                'reason': 'this is not a quantity'
            },
            {
                'column_name': 'amount', 'value': text['amount'], 'is_bad': text['amount'] is not null and amount is null,
                'reason': 'this is not an amount'
            },
            {
                'column_name': 'currency', 'value': currency, 'is_bad': not regexp_full_match(currency, '[A-Z]{3}'),
                'reason': 'this is not a three-letter currency'
            },
            {'column_name': 'kind', 'value': text['kind'], 'is_bad': kind is null, 'reason': 'this kind of return is not known'},
            {
                'column_name': 'restocked', 'value': text['is_restocked'],
                'is_bad': text['is_restocked'] is not null and is_restocked is null, 'reason': 'this is neither yes nor no'
            },
            {
                'column_name': 'exchange', 'value': text['is_exchange'],
                'is_bad': text['is_exchange'] is not null and to_flag(text['is_exchange']) is null, 'reason': 'this is neither yes nor no'
            }
        ]) as bad
    from typed
    where not is_blank
)
where bad.is_bad;

create or replace table records as
select
    record,
    case
        when is_blank then 'ignored'
        when record in (select record from rejects) then 'rejected'
        else 'fact'
    end as state
from typed;

create or replace table returns_new as
with facts as (
    select
        t.*,
        concat_ws(
            '|', coalesce(t.return_id, ''), t.order_name, coalesce(t.sku, t.title, ''), cast(t.returned_at as date), t.kind
        ) as stem
    from typed as t
    inner join records as r on t.record = r.record
    where r.state = 'fact'
)

select
    'returns' as source,
    stem || '|' || row_number() over (partition by stem order by units, amount, reason, condition, record) as return_key,
    order_name,
    sku,
    coalesce(title, sku) as title,
    -- only goods come back in pieces; without a column of quantities a row is one
    case
        when kind in ('return', 'exchange', 'cancellation')
            then cast(coalesce(units, case when not has_quantities and coalesce(sku, title) is not null then 1 end) as decimal(18, 4))
    end as units,
    cast(case when kind = 'return_fee' then -amount else amount end as decimal(18, 4)) as amount,
    currency,
    returned_at,
    kind,
    reason,
    condition,
    is_restocked,
    resolution,
    comment,
    1 as rows
from facts;
