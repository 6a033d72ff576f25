-- The names that the lines of returned orders bear.
insert into alias_stage (sku, title, vendor, category)
select distinct
    line ->> 'sku' as sku,
    line ->> 'title' as title,
    line ->> 'vendor' as vendor,
    line ->> 'category' as category
from orders_withdrawn as w
cross join lateral jsonb_array_elements((w.image -> 'items') || (w.image -> 'reversals')) as line
where w.state = 'returned' and line ->> 'sku' is not null
