-- eBay's transaction report -> typed, from which money_moved makes the facts. The net is what counts: an order of several items has
-- one row with it and rows of its items without. Fees are negative, and what they leave of the net is what the buyer paid.

create or replace macro ebay_moment(value) as coalesce(
    try_strptime(trim(value), ['%b %d, %Y', '%b-%d-%y', '%d-%b-%y', '%d-%b-%Y', '%d %b, %Y', '%d %b %Y']),
    to_moment(trim(value), getvariable('day_first'))
);

-- All that eBay keeps of a row: one pass over many columns.
create or replace table kept as
select
    record,
    -sum(to_number(value, getvariable('decimal_comma'))) as taken
from (
    unpivot source
    on fixed, "variable", described, below, international, deposit, regulatory, charity
    into name part value value
)
group by record;

create or replace table typed as
with read as (
    select
        s.*,
        lower(trim(s.type)) as word,
        to_number(s.net, getvariable('decimal_comma')) as left_over,
        coalesce(k.taken, 0) as taken,
        lower(trim(s.description)) as about,
        ebay_moment(s.date) as moment,
        cast(ebay_moment(s.payout_date) as date) as payout_on
    from source as s
    left join kept as k on s.record = k.record
),

told as (
    select
        *,
        case
            when regexp_matches(word, 'payout|auszahlung|versement|pago a|pagamento') then 'payout'
            when regexp_matches(word, 'refund|rückerstattung|remboursement|reembolso|rimborso') then 'refund'
            when regexp_matches(word, 'claim|dispute|fall|streit|réclamation|reclamación|zahlungsanfechtung') then 'chargeback'
            when regexp_matches(word, 'fee|gebühr|label|etikett|frais|tarifa|tariffa|charge|promoted') then 'fee'
            when regexp_matches(word, '^order|^sale|bestellung|verkauf|commande|pedido|ordine') then 'sale'
            when regexp_matches(word, 'hold|einbehalt') then 'held'
            when regexp_matches(word, 'adjustment|credit|transfer|anpassung|gutschrift|ajust') then 'adjustment'
            else 'other'
        end as meaning
    from read
)

select
    record,
    is_blank or (date is null and type is null) or regexp_matches(lower(date), 'record\(s\) downloaded|^total') as is_blank,
    case
        when meaning = 'held' then 'only hold money back or release it'
        when net is null and gross is null or (meaning = 'sale' and net is null)
            then 'list the items of an order, whose money stands in its first row'
    end as left_out,
    'ebay_transactions' as source,
    cast(null as varchar) as transaction_id,
    concat_ws('|', date, type, "order", item, "transaction", net, gross, reference, about) as said,
    nullif(trim("order"), '') as order_name,
    case when word is null then null when meaning = 'held' then 'other' else meaning end as kind,
    -- a fee is named by its description, which names no goods
    concat_ws(' / ', trim(type), case when meaning = 'fee' then nullif(trim(description), '') end) as what,
    case when meaning = 'other' then trim(type) end as unknown,
    nullif(trim(sku), '') as sku,
    nullif(trim(title), '') as title,
    moment as happened_at,
    'eBay' as gateway,
    nullif(trim(status), '') as status,
    upper(trim(coalesce(payout_currency, currency, getvariable('currency')))) as currency,
    left_over + case when meaning in ('sale', 'refund', 'chargeback') then taken else 0 end as amount,
    case when meaning in ('sale', 'refund', 'chargeback') then taken end as fee,
    left_over as net,
    -- a number that a spreadsheet has rounded is no payout's
    case when not is_rounded(payout_id) then nullif(trim(payout_id), '') end as group_key,
    payout_on as paid_out_on,
    {
        'date': date, 'type': type, 'amount': net, 'fee': cast(null as varchar), 'net': net, 'currency': payout_currency,
        'transaction_id': cast(null as varchar), 'order': "order"
    } as text
from told;
