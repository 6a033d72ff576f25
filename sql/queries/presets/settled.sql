-- What was collected for each order in the days beside what one source posted for it in them, one row a currency and way in
-- which they differ: not_posted (nothing posted for the order at all: not shipped, or its file is missing), posted_outside,
-- ordered_outside, no_order (posted for an order that is not here), posted_otherwise (another amount).
with collected as (
    select
        l.store_id,
        o.order_name,
        l.currency,
        sum(case l.entry when 'reversal' then -l.amount else l.amount - l.discount end) as amount
    from ledger as l
    inner join orders as o on l.store_id = o.store_id and l.order_key = o.order_key
    where
        (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and l.line_kind not in ('manual', 'sample', 'bad_debt', 'bank_charge', 'marketplace_fee', 'commission')
        and (cast(:start as date) is null or case when :basis = 'refund_date' then l.booked_on else l.ordered_on end >= :start)
        and (cast(:stop as date) is null or case when :basis = 'refund_date' then l.booked_on else l.ordered_on end < :stop)
        and (cast(:currency as text) is null or l.currency = :currency)
    group by l.store_id, o.order_name, l.currency
),

postings as (
    select
        store_id,
        order_name,
        currency,
        sum(amount) filter (where is_in) as amount
    from (
        select
            t.*,
            (cast(:start as date) is null or t.happened_at >= :start)
            and (cast(:stop as date) is null or t.happened_at < :stop) as is_in
        from transactions as t
        where
            t.source = :source
            and t.kind in ('sale', 'shipping', 'tax', 'promotion', 'refund', 'chargeback')
            and (cast(:store_ids as integer[]) is null or t.store_id = any(cast(:store_ids as integer[])))
            and (cast(:currency as text) is null or t.currency = :currency)
    ) as dated
    group by store_id, order_name, currency
),

beside as (
    select
        coalesce(c.currency, p.currency) as currency,
        coalesce(c.amount, 0) as ours,
        coalesce(p.amount, 0) as theirs,
        case
            when p.currency is null then 'not_posted'
            when c.currency is not null and p.amount is null then 'posted_outside'
            when c.currency is not null then 'posted_otherwise'
            when exists (select 1 from orders as o where o.store_id = p.store_id and o.order_name = p.order_name)
                then 'ordered_outside'
            else 'no_order'
        end as way
    from collected as c
    full outer join postings as p
        on c.store_id = p.store_id and c.order_name = p.order_name and c.currency = p.currency
)

select
    currency,
    way,
    count(*) as orders,
    sum(ours) as ours,
    sum(theirs) as theirs
from beside
where ours <> theirs
group by currency, way
order by currency, way
