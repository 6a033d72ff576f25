-- eBay's transaction report -> typed, from which money_moved makes the facts. The net is what counts: an order of several items has
-- one row with it and rows of its items without. Fees are negative, and what they leave of the net is what the buyer paid.

create or replace macro ebay_moment(value) as coalesce(
    try_strptime(trim(value), ['%b %d, %Y', '%b-%d-%y', '%d-%b-%y', '%d-%b-%Y', '%d %b, %Y', '%d %b %Y']),
    to_moment(trim(value), getvariable('day_first'))
);

create or replace macro ebay_amount(value) as to_number(or_none(value), getvariable('decimal_comma'));

create or replace table typed as
with read as (
    select
        *,
        lower(trim(type)) as word,
        ebay_amount(net) as left_over,
        -(
            coalesce(ebay_amount(fixed), 0) + coalesce(ebay_amount("variable"), 0) + coalesce(ebay_amount(described), 0)
            + coalesce(ebay_amount(below), 0) + coalesce(ebay_amount(international), 0) + coalesce(ebay_amount(deposit), 0)
            + coalesce(ebay_amount(regulatory), 0) + coalesce(ebay_amount(charity), 0)
        ) as taken,
        lower(trim(description)) as about
    from source
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
        when or_none(net) is null and or_none(gross) is null or (meaning = 'sale' and or_none(net) is null)
            then 'list the items of an order, whose money stands in its first row'
    end as left_out,
    'ebay_transactions' as source,
    cast(null as varchar) as transaction_id,
    concat_ws('|', date, type, "order", item, "transaction", net, gross, reference, about) as said,
    nullif(trim(or_none("order")), '') as order_name,
    case when word is null then null when meaning = 'held' then 'other' else meaning end as kind,
    -- a fee is named by its description, which names no goods
    concat_ws(' / ', trim(type), case when meaning = 'fee' then nullif(trim(or_none(description)), '') end) as what,
    case when meaning = 'other' then trim(type) end as unknown,
    nullif(trim(or_none(sku)), '') as sku,
    nullif(trim(or_none(title)), '') as title,
    ebay_moment(date) as happened_at,
    'eBay' as gateway,
    nullif(trim(or_none(status)), '') as status,
    upper(trim(coalesce(or_none(payout_currency), or_none(currency), getvariable('currency')))) as currency,
    left_over + case when meaning in ('sale', 'refund', 'chargeback') then taken else 0 end as amount,
    case when meaning in ('sale', 'refund', 'chargeback') then taken end as fee,
    left_over as net,
    -- a number that a spreadsheet has rounded is no payout's
    case when not is_rounded(payout_id) then nullif(trim(or_none(payout_id)), '') end as group_key,
    cast(ebay_moment(or_none(payout_date)) as date) as paid_out_on,
    {
        'date': date, 'type': type, 'amount': net, 'fee': cast(null as varchar), 'net': net, 'currency': payout_currency,
        'transaction_id': cast(null as varchar), 'order': "order"
    } as text
from told;
