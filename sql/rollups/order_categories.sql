-- The set of categories in each order of the dated ledger, by their numbers: an order with lines on other days than its own
-- has those counted, too.
create temp table order_categories on commit drop as
with lines as (
    select order_key, coalesce(category, '') as category
    from dated_ledger
    where entry = 'sale' and line_kind = 'product' and units > 0
    union
    select order_key, coalesce(category, '') as category
    from ledger
    where
        not cast(:everything as boolean) and store_id = :store_id and entry = 'sale' and line_kind = 'product' and units > 0
        and order_key in (select order_key from dated_ledger where line_kind in ('order', 'zero_order'))
)

select
    l.order_key,
    string_agg(cast(v.value_no as text), ',' order by v.value_no) as categories
from lines as l
inner join sold_values as v on v.store_id = :store_id and v.dimension = 'category' and l.category = v.value
group by l.order_key
