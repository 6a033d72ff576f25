-- Names that no line bears any more.
delete from product_aliases as a
where
    a.store_id = :store_id
    and not exists (select 1 from order_items as i where i.store_id = a.store_id and i.alias_id = a.alias_id)
    and not exists (select 1 from reversals as r where r.store_id = a.store_id and r.alias_id = a.alias_id)
