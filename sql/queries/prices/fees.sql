-- One row a currency: what payments and marketplaces charged for orders of the days (refunds apart), and what those orders came to
-- without tax, so that the share of a price that goes to fees can be told.
with charged as (
    select
        f.store_id,
        f.order_name,
        f.currency,
        sum(f.amount) as fee
    from fees as f
    where
        f.cost_kind in ('payment_fee', 'marketplace_fee') and not f.is_refund and f.order_name is not null
        and f.happened_at >= :start and f.happened_at < :stop
        and (cast(:store_ids as integer[]) is null or f.store_id = any(cast(:store_ids as integer[])))
        and (cast(:currency as text) is null or f.currency = :currency)
    group by f.store_id, f.order_name, f.currency
)

select
    c.currency,
    sum(c.fee) as fees,
    sum(o.document_total - o.tax) as amount,
    count(*) as orders
from charged as c
inner join counted_orders as o on c.store_id = o.store_id and c.order_name = o.order_name and c.currency = o.currency
where o.document_total > o.tax
group by c.currency
order by c.currency
