-- Amazon's inventory ledger, summary by day -> levels_new (one row a day and SKU), records and rejects. A row is a day, SKU,
-- disposition and warehouse (or country). Warehouses are added up: stock moves between them and leaves no row behind where
-- it left, and Manage FBA inventory counts the same units without a warehouse; the newest of both is what there is.

create or replace table typed as
select
    record,
    is_blank,
    cast(local_moment(day, getvariable('day_first')) as date) as as_of,
    trim(sku) as sku,
    coalesce(nullif(trim(title), ''), trim(sku)) as title,
    upper(trim(disposition)) as disposition,
    concat_ws('|', fnsku, trim(location)) as place,
    to_number(balance, getvariable('decimal_comma')) as balance,
    to_number(in_transit, getvariable('decimal_comma')) as in_transit,
    to_number(receipts, getvariable('decimal_comma')) as received,
    to_number(customer_returns, getvariable('decimal_comma')) as returned,
    [vendor_returns, transfers, found, lost, damaged, disposed, other_events, unknown_events] as event_texts,
    list_transform(event_texts, lambda event: to_number(event, getvariable('decimal_comma'))) as events,
    len(list_filter(event_texts, lambda event: event is not null)) > len(list_filter(events, lambda event: event is not null))
        as is_event_bad
from source;

create or replace table rejects as
select
    record,
    bad.column_name,
    bad.value,
    bad.reason
from (
    select
        s.record,
        unnest([
            {
                'column_name': 'Date', 'value': s.day, 'is_bad': t.as_of is null,
                'reason': case when s.day is null then 'the date is missing' else 'this is not a date' end
            },
            {'column_name': 'MSKU', 'value': s.sku, 'is_bad': s.sku is null, 'reason': 'the SKU is missing'},
            {
                'column_name': 'Disposition', 'value': s.disposition, 'is_bad': s.disposition is null,
                'reason': 'the disposition is missing, so it is not known whether this stock can be sold'
            },
            {
                'column_name': 'Ending Warehouse Balance', 'value': s.balance, 'is_bad': t.balance is null,
                'reason': case when s.balance is null then 'the quantity is missing' else 'this is not a quantity' end
            },
            {
                'column_name': 'In Transit Between Warehouses', 'value': s.in_transit,
                'is_bad': s.in_transit is not null and t.in_transit is null, 'reason': 'this is not a quantity'
            },
            {
                'column_name': 'Receipts', 'value': s.receipts,
                'is_bad': s.receipts is not null and t.received is null, 'reason': 'this is not a quantity'
            },
            {
                'column_name': 'Customer Returns', 'value': s.customer_returns,
                'is_bad': s.customer_returns is not null and t.returned is null, 'reason': 'this is not a quantity'
            },
            {
                'column_name': 'Found, Lost, Damaged …', 'value': array_to_string(t.event_texts, ' '),
                'is_bad': t.is_event_bad, 'reason': 'one of these is not a quantity'
            }
        ]) as bad
    from source as s
    inner join typed as t on s.record = t.record
    where not s.is_blank
)
where bad.is_bad;

create or replace table records as
select
    record,
    case
        when record in (select record from rejects) then 'rejected'
        when is_blank then 'ignored'
        when
            row_number() over (
                partition by as_of, sku, disposition, place, record in (select record from rejects) order by record desc
            ) > 1
            then 'duplicate'
        else 'fact'
    end as state,
    sku as product_key
from typed;

create or replace table levels_new as
select
    t.as_of,
    'Amazon FBA' as location,
    t.sku as product_key,
    t.sku,
    arg_max(t.title, t.record) as title,
    cast(sum(t.balance) as decimal(18, 4)) as on_hand,
    cast(null as decimal(18, 4)) as committed,
    -- no row of a disposition is no stock of it
    cast(coalesce(sum(t.balance) filter (where t.disposition <> 'SELLABLE'), 0) as decimal(18, 4)) as unavailable,
    cast(coalesce(sum(t.balance) filter (where t.disposition = 'SELLABLE'), 0) as decimal(18, 4)) as available,
    cast(sum(t.in_transit) as decimal(18, 4)) as incoming,
    -- what moved it, as Amazon signs it: what left is below zero
    cast(sum(t.received) filter (where t.disposition = 'SELLABLE') as decimal(18, 4)) as received,
    cast(sum(t.returned) filter (where t.disposition = 'SELLABLE') as decimal(18, 4)) as returned,
    cast(sum(list_sum(t.events)) filter (where t.disposition = 'SELLABLE') as decimal(18, 4)) as adjusted,
    count(*) as rows
from typed as t
inner join records as r on t.record = r.record
where r.state = 'fact'
group by t.as_of, t.sku;
