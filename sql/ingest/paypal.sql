-- PayPal's activity -> typed, from which money_moved makes the facts. Fees are printed with their sign: Gross + Fee = Net. Who
-- paid is not taken. What is pending, denied, held back or only noted (memo) moved nothing; a change of currency inside the
-- account and money from or to the bank are no sales.

-- What words of a type mean, in the order in which they are looked for.
create or replace table types_said as
select * from (
    values
    (1, 'chargeback fee|chargeback-geb|chargeback settlement|rückbuchungsgeb|frais de (rejet|rétrofact)|gastos de (contracargo|devoluci)', 'fee'),
    (2, '^(fee|gebühr|entgelt|frais|tarifa|comisión|tariffa|kosten)|(fee|gebühr|gebühren|entgelt)$|^frais |^partner fee', 'fee'),
    (3, 'hold|reserve|authori[sz]ation|autorisierung|autorisation|autorizaci|autorizzazion|einbehalt|einbehalten|zurückgestellt', 'held'),
    (4, 'retenid|retención|retenu|blocage|bloqueo|trattenut|sospensione|vorübergehend|^order$|^bestellung$|^void', 'held'),
    (5, 'currency|währung|devise|divisa|moneda|valuta', 'conversion'),
    (6, 'withdraw|transfer to bank|bank transfer|auto-?sweep|abbuchung|auszahlung|überweisung auf|virement|retrait|retir|prelievo', 'bank'),
    (7, 'bank deposit|bankgutschrift|bank account|bankkonto|opname|trasferimento|transferencia', 'bank'),
    (8, 'chargeback|reversal|rückbuchung|rücklastschrift|rétrofact|contracargo|storno|annulation|dispute|streitfall|litige|disputa', 'chargeback'),
    (9, 'refund|rückzahlung|rückerstattung|erstattung|remboursement|reembolso|rimborso|terugbetaling', 'refund'),
    (10, 'payment|zahlung|paiement|pago|pagamento|betaling|checkout|kauf|purchase|vente|venta|vendita|sale', 'payment')
) as known (place, words, meaning);

create or replace table typed as
with meanings as (
    select
        s.type,
        arg_min(k.meaning, k.place) as meaning
    from (select distinct type from source) as s
    inner join types_said as k on regexp_matches(lower(trim(s.type)), k.words)
    group by s.type
),

read as (
    select
        s.*,
        m.meaning,
        to_number(s.amount, getvariable('decimal_comma')) as gross,
        -to_number(s.fee, getvariable('decimal_comma')) as taken,
        to_number(s.net, getvariable('decimal_comma')) as left_over,
        lower(trim(s.status)) as state,
        to_moment(concat_ws(' ', trim(s.date), trim(s.time)), getvariable('day_first')) as moment
    from source as s
    left join meanings as m on s.type = m.type
)

select
    record,
    is_blank
    or (date is null and (type is null or lower(trim(type)) in ('total', 'totals', 'summe', 'gesamt')))
    or (transaction_id is null and amount is null and net is null) as is_blank,
    case
        when
            regexp_matches(
                state,
                'pending|denied|cancel|expired|unclaimed|failed|held|offen|ausstehend|abgelehnt|storniert|abgelaufen|fehlgeschlagen'
                || '|en attente|refus|annul|expir|échou|pendiente|denegad|rechazad|caducad|in sospeso|negat|scadut|placed|removed'
            )
            then 'are pending, denied or cancelled and moved no money; those still pending will be in a later export'
        when regexp_matches(lower(type), 'cart item|warenkorbartikel|article du panier|artículo del carrito')
            then 'only list the goods of a payment'
        when lower(trim(impact)) in ('memo', 'mémo', 'nota', 'vermerk') or meaning = 'held'
            then 'only hold money back, release it or note something; nothing was earned or spent by them'
    end as left_out,
    'paypal' as source,
    nullif(trim(transaction_id), '') as transaction_id,
    '' as said,
    -- what some shops write there is a number of the checkout, not of the order
    coalesce(
        case when not regexp_full_match(trim(invoice), '(?i)[crp]?[0-9a-z]{8,}\.[0-9]+') then order_in(invoice) end,
        order_in_note(note)
    ) as order_name,
    case
        when trim(type) is null then null
        when meaning = 'fee' then 'fee'
        when meaning = 'conversion' then 'other'
        when meaning = 'bank' then case when gross < 0 then 'payout' else 'other' end
        -- what the shop itself pays or gets back from others is no sale and no refund of one
        when meaning = 'refund' then case when gross < 0 then 'refund' else 'other' end
        when meaning = 'chargeback' then 'chargeback'
        when meaning = 'payment' then case when gross >= 0 then 'sale' else 'other' end
        else 'other'
    end as kind,
    trim(type) as what,
    case when meaning is null then trim(type) end as unknown,
    null as sku,
    null as title,
    coalesce(moment, to_moment(trim(date), getvariable('day_first'))) as happened_at,
    'PayPal' as gateway,
    trim(status) as status,
    upper(trim(currency)) as currency,
    gross as amount,
    taken as fee,
    left_over as net,
    null as group_key,
    null as paid_out_on,
    {
        'date': date, 'type': type, 'amount': amount, 'fee': case when coalesce(taken, 1) <> 0 then fee end, 'net': net,
        'currency': currency, 'transaction_id': transaction_id, 'order': invoice
    } as text
from read;
