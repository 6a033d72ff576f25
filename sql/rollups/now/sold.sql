-- The goods of the dated ledger, one row an entry, in the summaries' numbers. An order counts once for a product: where its
-- lines of it stand on several days, on the first.
create temp view sold_now as
select
    s.slice_no,
    d.day,
    d.order_key,
    d.product_key,
    d.category,
    d.vendor,
    d.entry = 'sale' and d.line_kind = 'product' as is_sale,
    case when d.line_kind = 'product' then d.units end as units,
    case when d.line_kind = 'product' then d.amount else 0 end as amount,
    case
        when d.line_kind = 'product' then d.discount
        when d.entry = 'reversal' then d.amount
        else d.discount - d.amount
    end as discount,
    case when d.line_kind = 'product' then d.cost end as cost,
    d.is_first,
    d.is_first_of_category,
    d.is_first_of_vendor
from dated_ledger as d
inner join slices as s
    on
        s.store_id = :store_id and d.clock = s.clock and d.currency = s.currency and d.channel = s.channel
        and d.country = s.country
where d.line_kind in ('product', 'discount')
