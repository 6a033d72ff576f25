-- Amazon's date range report -> transactions_new (one row a part of an event that is not 0), records and rejects. A row of
-- the report is an event with its parts in columns, which add up to its total. Whatever the buyer of a refunded order gets
-- back (goods, shipping, tax, less the promotion) is a refund; fees and withheld tax stay apart.

-- What the report calls its events in the languages it is written in.
create or replace table event_types as
select * from (
    values
    ('order', 'order'), ('bestellung', 'order'), ('commande', 'order'), ('ordine', 'order'), ('pedido', 'order'),
    ('refund', 'refund'), ('erstattung', 'refund'), ('remboursement', 'refund'), ('rimborso', 'refund'), ('reembolso', 'refund'),
    ('chargeback refund', 'chargeback'), ('a-to-z guarantee claim', 'chargeback'),
    ('transfer', 'payout'), ('übertrag', 'payout'), ('transfert', 'payout'), ('trasferimento', 'payout'),
    ('transferir', 'payout'),
    ('adjustment', 'adjustment'), ('anpassung', 'adjustment'), ('ajustement', 'adjustment'), ('modifica', 'adjustment'),
    ('ajuste', 'adjustment'),
    ('service fee', 'fee'), ('servicegebühr', 'fee'), ('frais de service', 'fee'), ('commissione di servizio', 'fee'),
    ('tarifa de prestación de servicio', 'fee'),
    ('fba inventory fee', 'fee'), ('versand durch amazon lagergebühr', 'fee'), ('frais de stock expédié par amazon', 'fee'),
    ('costo di stoccaggio logistica di amazon', 'fee'), ('tarifas de inventario de logística de amazon', 'fee'),
    ('fba transaction fees', 'fee'), ('frais de transaction expédié par amazon', 'fee'),
    ('commissioni per le transazioni di logistica di amazon', 'fee'), ('tarifas de transacción de logística de amazon', 'fee'),
    ('fba customer return fee', 'fee'), ('lightning deal fee', 'fee'), ('tarif de la vente flash', 'fee'),
    ('tarifa de oferta flash', 'fee'), ('shipping services', 'fee'),
    ('debt', 'other'), ('verbindlichkeit', 'other'), ('solde négatif', 'other'), ('saldo negativo', 'other'),
    ('saldo descubierto', 'other')
) as known (type, event);

create or replace table kinds_of_part as
select * from (
    values
    ('product_sales', 'sale', true), ('product_sales_tax', 'tax', true), ('shipping_credits', 'shipping', true),
    ('shipping_credits_tax', 'tax', true), ('gift_wrap_credits', 'other', true), ('gift_wrap_credits_tax', 'tax', true),
    ('regulatory_fee', 'other', true), ('regulatory_fee_tax', 'tax', true), ('promotional_rebates', 'promotion', true),
    ('promotional_rebates_tax', 'tax', true), ('marketplace_withheld_tax', 'tax', false), ('selling_fees', 'fee', false),
    ('fba_fees', 'fee', false), ('other_transaction_fees', 'fee', false), ('other', null, false), ('unnamed', null, false)
) as known (part, kind, is_buyers);

create or replace table typed as
select
    s.record,
    s.is_blank,
    local_moment(s.date, getvariable('day_first')) as happened_at,
    trim(s.settlement_id) as settlement_id,
    trim(s.type) as type,
    e.event,
    trim(s.order_id) as order_name,
    nullif(trim(s.sku), '') as sku,
    trim(s.description) as description,
    to_number(s.quantity, getvariable('decimal_comma')) as units,
    trim(s.marketplace) as marketplace,
    m.currency,
    trim(s.status) as status,
    to_number(s.total, getvariable('decimal_comma')) as total,
    concat_ws(
        '|', s.date, s.settlement_id, s.type, s.order_id, s.sku, s.description, s.quantity, s.marketplace, s.total, s.product_sales
    ) as said
from source as s
left join event_types as e on lower(trim(s.type)) = e.type
left join marketplaces as m on lower(trim(s.marketplace)) = m.marketplace;

create or replace table parts as
select
    record,
    part,
    value,
    to_number(value, getvariable('decimal_comma')) as amount
from (
    unpivot source
    on product_sales, product_sales_tax, shipping_credits, shipping_credits_tax, gift_wrap_credits, gift_wrap_credits_tax,
    regulatory_fee, regulatory_fee_tax, promotional_rebates, promotional_rebates_tax, marketplace_withheld_tax, selling_fees,
    fba_fees, other_transaction_fees, other
    into name part value value
);

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
                'column_name': 'date/time', 'value': s.date, 'is_bad': t.happened_at is null,
                'reason': case when s.date is null then 'the date is missing' else 'this is not a date' end
            },
            {
                'column_name': 'total', 'value': s.total, 'is_bad': t.total is null,
                'reason': case when s.total is null then 'the amount is missing' else 'this is not an amount' end
            },
            {
                'column_name': 'quantity', 'value': s.quantity, 'is_bad': s.quantity is not null and t.units is null,
                'reason': 'this is not a quantity'
            },
            {
                'column_name': 'order id', 'value': s.order_id,
                'is_bad': regexp_full_match(t.order_name, '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+'),
                'reason': 'a spreadsheet has rounded this order number, so it is no key; export it again'
            }
        ]) as bad
    from typed as t
    inner join source as s on t.record = s.record
    where not t.is_blank
)
where bad.is_bad
union all
select
    record,
    replace(part, '_', ' ') as column_name,
    value,
    'this is not an amount' as reason
from parts
where amount is null;

-- What the parts do not say of a total stands as a part of its own, so that nothing of the total is lost.
create or replace table unnamed as
select
    t.record,
    t.total - coalesce(sum(p.amount), 0) as amount,
    coalesce(t.event = 'payout', false) as is_payout
from typed as t
left join parts as p on t.record = p.record
where not t.is_blank and t.record not in (select record from rejects)
group by t.record, t.total, t.event
having amount <> 0;

create or replace table moved as
select
    p.record,
    p.part,
    p.amount
from parts as p
where p.amount <> 0 and p.record not in (select record from rejects)
union all
select
    record,
    'unnamed' as part,
    amount
from unnamed;

create or replace table records as
select
    record,
    case
        when record in (select record from rejects) then 'rejected'
        when is_blank or record not in (select record from moved) then 'ignored'
        else 'fact'
    end as state,
    order_name
from typed;

create or replace table transactions_new as
with told as (
    select
        t.*,
        -- identical rows are events of their own
        row_number() over (partition by t.said order by t.record) as ordinal
    from typed as t
    inner join records as r on t.record = r.record
    where r.state = 'fact'
),

-- rows of no marketplace (fees, transfers) are in the currency of the others
usual as (
    select coalesce(mode(currency), getvariable('currency')) as currency
    from typed
)

select
    'amazon_transactions' as source,
    md5(t.said) || '|' || t.ordinal || '|' || p.part as transaction_key,
    t.order_name,
    case
        -- the fee of a regulation is charged to the buyer, or, with a minus, to the shop
        when p.part = 'regulatory_fee' and p.amount < 0 and coalesce(t.event, '') not in ('refund', 'chargeback') then 'fee'
        when k.is_buyers and t.event in ('refund', 'chargeback') then t.event
        when k.kind is not null then k.kind
        when t.event in ('payout', 'adjustment', 'fee') then t.event
        else 'other'
    end as kind,
    -- a transfer's description ends in the digits of an account
    concat_ws(' / ', t.type, case when t.sku is null and t.event = 'fee' then t.description end, replace(p.part, '_', ' ')) as what,
    t.sku,
    case when t.sku is not null then t.description end as title,
    case when p.part = 'product_sales' then t.units end as units,
    t.happened_at,
    coalesce(t.marketplace, 'Amazon') as gateway,
    t.status,
    coalesce(t.currency, u.currency) as currency,
    cast(p.amount as decimal(18, 4)) as amount,
    cast(null as decimal(18, 4)) as fee,
    cast(null as decimal(18, 4)) as net,
    t.settlement_id as group_key,
    cast(null as date) as paid_out_on,
    case when row_number() over (partition by t.record order by p.part) = 1 then 1 else 0 end as rows
from told as t
inner join moved as p on t.record = p.record
inner join kinds_of_part as k on p.part = k.part
cross join usual as u;

create or replace table file_notices as
select
    printf(
        '%d rows have a total that their parts do not explain, %s in all; the difference is kept as a part of kind other.',
        count(*), cast(cast(sum(amount) as decimal(18, 2)) as varchar)
    ) as notice,
    count(*) as value
from unnamed
where not is_payout
having count(*) > 0
union all
select
    printf('%d rows move no money and are left out.', count(*)) as notice,
    count(*) as value
from records as r
inner join typed as t on r.record = t.record
where r.state = 'ignored' and not t.is_blank
having count(*) > 0
union all
select
    printf('%d rows are of a type that is not known (%s); their amounts are kept by column.', count(*), string_agg(distinct t.type, ', '))
        as notice,
    count(*) as value
from records as r
inner join typed as t on r.record = t.record
where r.state = 'fact' and t.event is null
having count(*) > 0;
