-- One row a product and day: pieces asked for, and the product's median price. Cancellations made on the day of the same
-- customer's same quantity of the same product were never served and never counted; later ones say nothing about that day.
with lines as (
    select
        "InvoiceNo" as invoice,
        "StockCode" as sku,
        cast("Quantity" as integer) as units,
        cast(cast("InvoiceDate" as timestamp) as date) as day,
        cast("UnitPrice" as double) as price,
        coalesce("CustomerID", '') as customer
    from read_csv($file, all_varchar = true)
    where upper("StockCode") not in ('POST', 'DOT', 'M', 'D', 'BANK CHARGES', 'AMAZONFEE', 'S', 'B', 'C2', 'PADS', 'CRUK')
),

numbered as (
    select
        *,
        invoice like 'C%' as is_cancelled,
        row_number() over (partition by invoice like 'C%', customer, sku, day, abs(units)) as ordinal
    from lines
    where (invoice like 'C%' and units < 0) or (invoice not like 'C%' and units > 0 and price > 0)
)

select
    sold.sku,
    sold.day,
    sum(sold.units) as units,
    median(sold.price) as price
from numbered as sold
left join numbered as undone
    on
        undone.is_cancelled and sold.customer = undone.customer and sold.sku = undone.sku and sold.day = undone.day
        and sold.units = -undone.units and sold.ordinal = undone.ordinal
where not sold.is_cancelled and undone.sku is null
group by sold.sku, sold.day
order by sold.sku, sold.day
