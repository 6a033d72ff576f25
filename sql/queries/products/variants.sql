-- One row a product that lines or catalogues name: the product it is a variant of, that one's title, and its own options.
-- Variants of one handle of the catalogue belong together; their title is "Title - options". What has no handle joins the
-- handle whose title its own begins with, if there is just one; else all that share what stands before the last " - ".
-- A product that stands alone keeps its whole title.
with known as (
    select distinct on (product_key)
        product_key,
        handle,
        title,
        price,
        currency,
        regexp_replace(title, '^(.+) - .+$', '\1') as stem
    from products
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
    order by product_key, is_listed desc, store_id
),

handles as (
    select
        handle,
        -- options may hold a " - " of their own: the shortest beginning is the title
        case when count(*) = 1 then min(title) else (array_agg(stem order by length(stem), stem))[1] end as title
    from known
    where handle is not null
    group by handle
),

titles as (
    select
        title,
        min(handle) as handle
    from handles
    group by title
    having count(*) = 1
),

alone as (
    select
        k.product_key,
        k.title,
        k.stem,
        coalesce(by_stem.handle, by_title.handle) as handle,
        count(*) over (partition by k.stem) as of_stem
    from known as k
    left join titles as by_stem on k.stem = by_stem.title
    left join titles as by_title on k.title = by_title.title
    where k.handle is null
),

told as (
    select
        k.product_key,
        h.handle as parent,
        h.title as parent_title
    from known as k
    inner join handles as h on k.handle = h.handle
    union all
    select
        a.product_key,
        coalesce(a.handle, case when a.of_stem > 1 then a.stem else a.product_key end) as parent,
        coalesce(h.title, case when a.of_stem > 1 then a.stem else a.title end) as parent_title
    from alone as a
    left join handles as h on a.handle = h.handle
)

select
    k.product_key,
    t.parent,
    t.parent_title,
    case
        when starts_with(k.title, t.parent_title || ' - ') then substr(k.title, length(t.parent_title) + 4)
    end as options,
    k.price,
    k.currency
from known as k
inner join told as t on k.product_key = t.product_key
order by k.product_key
