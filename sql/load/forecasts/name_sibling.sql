-- What was said before goes; without a sibling nothing is said any more.
delete from product_siblings
where store_id = :store_id and product_key = :product_key;
insert into product_siblings (store_id, product_key, sibling_key, named_by)
select
    :store_id,
    :product_key,
    cast(:sibling_key as text),
    :named_by
where cast(:sibling_key as text) is not null
