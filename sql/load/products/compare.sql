create temp table products_plan on commit drop as
select
    s.product_key,
    1 as rows,
    case
        when p.product_key is null or not p.is_listed then 'loaded'
        when p.fingerprint = s.fingerprint then 'unchanged'
        when p.as_of > s.as_of then 'older'
        else 'updated'
    end as state,
    coalesce(p.is_gift_card, false) <> s.is_gift_card as is_changed_kind
from products_stage as s
left join products as p on p.store_id = :store_id and s.product_key = p.product_key
