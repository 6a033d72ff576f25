-- A catalogue speaks of products and of what they cost from its day on.
insert into images_stage (kind, key, as_of, rows, image)
select
    'products' as kind,
    s.product_key as key,
    cast(:as_of as date) as as_of,
    1 as rows,
    -- what is not known of it changes nothing: a file said before the column was there says the same
    case when s.weight_grams is null then to_jsonb(s) - 'weight_grams' else to_jsonb(s) end as image
from products_stage as s
union all
select
    'costs' as kind,
    concat_ws('|', product_key, :as_of) as key,
    cast(:as_of as date) as as_of,
    0 as rows,
    jsonb_build_object('code', product_key, 'valid_from', :as_of, 'currency', currency, 'unit_cost', cost) as image
from products_stage
where cost is not null
