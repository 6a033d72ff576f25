-- What the orders themselves print, one row a currency: their totals, tax inside their prices, and what is said to have
-- been taken back later, which a platform's order total does not contain.
with chosen as (
    select slice_no, currency
    from slices
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and clock = 'both' and channel is not null and country is not null
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
)

select
    c.currency,
    sum(d.documents_total) * 0.0001 as documents_total,
    sum(d.difference) * 0.0001 as difference,
    sum(d.tax_inside) * 0.0001 as tax_inside,
    sum(d.taken_back_later) * 0.0001 as taken_back_later
from sales_documents_daily as d
inner join chosen as c on d.slice_no = c.slice_no
where
    (cast(:start as date) is null or d.day >= :start)
    and (cast(:stop as date) is null or d.day < :stop)
group by c.currency
