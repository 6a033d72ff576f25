-- Etsy's statement -> typed, from which money_moved makes the facts. A row is a sale, a refund, a fee, a tax or a deposit; of fees and
-- taxes the money stands under Fees & Taxes, of a deposit in its title alone. A fee's title ends with the name of what was sold,
-- which says nothing of the fee. Etsy writes the month first unless a day tells otherwise.

create or replace table types_said as
select * from (
    values
    ('sale', 'sale'), ('verkauf', 'sale'), ('vente', 'sale'), ('venta', 'sale'), ('vendita', 'sale'),
    ('refund', 'refund'), ('rückerstattung', 'refund'), ('erstattung', 'refund'), ('remboursement', 'refund'), ('reembolso', 'refund'),
    ('rimborso', 'refund'),
    ('fee', 'fee'), ('gebühr', 'fee'), ('gebühren', 'fee'), ('frais', 'fee'), ('tarifa', 'fee'), ('comisión', 'fee'), ('tariffa', 'fee'),
    ('commissione', 'fee'), ('marketing', 'fee'), ('shipping', 'fee'), ('versand', 'fee'), ('livraison', 'fee'), ('expédition', 'fee'),
    ('envío', 'fee'), ('spedizione', 'fee'), ('vat', 'fee'), ('mwst', 'fee'), ('ust', 'fee'), ('tva', 'fee'), ('iva', 'fee'),
    ('gst', 'fee'), ('subscription', 'fee'), ('abonnement', 'fee'), ('suscripción', 'fee'), ('abbonamento', 'fee'),
    ('tax', 'tax'), ('steuer', 'tax'), ('taxe', 'tax'), ('impuesto', 'tax'), ('imposta', 'tax'), ('buyer fee', 'tax'),
    ('deposit', 'payout'), ('einzahlung', 'payout'), ('auszahlung', 'payout'), ('dépôt', 'payout'), ('versement', 'payout'),
    ('depósito', 'payout'), ('ingreso', 'payout'), ('deposito', 'payout'), ('accredito', 'payout'),
    ('payment', 'payment'), ('zahlung', 'payment'), ('paiement', 'payment'), ('pago', 'payment'), ('pagamento', 'payment'),
    ('reserve', 'adjustment'), ('recoupment', 'adjustment'), ('adjustment', 'adjustment'), ('disbursement', 'payout')
) as known (said, kind);

create or replace table typed as
with read as (
    select
        s.*,
        k.kind as meaning,
        to_number(or_none(s.amount), getvariable('decimal_comma')) as moved,
        to_number(or_none(s.fee), getvariable('decimal_comma')) as charged,
        to_number(or_none(s.net), getvariable('decimal_comma')) as left_over,
        -- of "VAT: transaction fee" the fee is named behind the colon, of "Transaction fee: Blue mug" before it
        trim(split_part(s.title, ':', 1)) as named,
        trim(split_part(s.title, ':', 2)) as behind,
        regexp_extract(s.title, '[-−]?(\p{Sc}|[A-Z]{0,3}\$)?[ \x{00A0}]*[0-9][0-9.,''’ \x{00A0}]*[ \x{00A0}]*(\p{Sc}|[A-Z]{3})?') as sum_in_title
    from source as s
    left join types_said as k on lower(trim(s.type)) = k.said
)

select
    record,
    is_blank or (date is null and type is null) as is_blank,
    cast(null as varchar) as left_out,
    'etsy_statement' as source,
    cast(null as varchar) as transaction_id,
    concat_ws('|', date, type, title, info, currency, amount, fee, net) as said,
    coalesce(
        nullif(regexp_extract(info, '(?i)(?:order|bestell|commande|pedido|ordine|receipt)[^0-9]{0,14}([0-9]{6,})', 1), ''),
        nullif(regexp_extract(title, '(?i)(?:order|bestell|commande|pedido|ordine|receipt)[^0-9]{0,14}([0-9]{6,})', 1), '')
    ) as order_name,
    case
        when trim(type) is null then null
        when meaning = 'payment' then case when coalesce(moved, charged) < 0 then 'fee' else 'adjustment' end
        else coalesce(meaning, 'other')
    end as kind,
    trim(type) || ' / ' || case
        when meaning = 'fee' and lower(named) in ('vat', 'mwst', 'mwst.', 'ust', 'tva', 'iva', 'gst', 'tax') then 'VAT on ' || behind
        when meaning = 'fee' and regexp_matches(lower(named), '^(refund|credit|erstattung|remboursement|reembolso|rimborso)')
            then trim(concat_ws(' ', named, behind))
        when meaning = 'payout' then 'to the bank'
        when meaning in ('sale', 'refund') then 'order'
        else named
    end as what,
    case when meaning is null then trim(type) end as unknown,
    null as sku,
    null as title,
    to_moment(date, getvariable('day_first')) as happened_at,
    'Etsy' as gateway,
    null as status,
    upper(trim(currency)) as currency,
    case
        when meaning = 'payout' and coalesce(moved, charged, 0) = 0
            then -abs(to_number(nullif(trim(sum_in_title), ''), getvariable('decimal_comma')))
        when moved is not null then moved
        else charged
    end as amount,
    case when moved is not null and moved <> 0 then -charged end as fee,
    case when meaning = 'payout' and coalesce(left_over, 0) = 0 then null else left_over end as net,
    null as group_key,
    case when meaning = 'payout' then cast(to_moment(date, getvariable('day_first')) as date) end as paid_out_on,
    {
        'date': date, 'type': type, 'amount': coalesce(or_none(amount), or_none(fee), case when meaning = 'payout' then title end),
        'fee': case when moved <> 0 then or_none(fee) end, 'net': or_none(net), 'currency': currency, 'transaction_id': cast(null as varchar),
        'order': cast(null as varchar)
    } as text
from read;
