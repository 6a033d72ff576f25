-- One row an import that told of an order, the newest last; `is_valid` is the one whose saying stands.
select
    m.import_id,
    m.file,
    m.format,
    m.as_of,
    m.finished_at,
    bool_or(told.is_valid) as is_valid
from (
    select
        import_id,
        true as is_valid
    from orders
    where store_id = :store_id and order_key = :order_key
    union all
    select
        import_id,
        false as is_valid
    from import_images
    where store_id = :store_id and kind = 'orders' and key = :order_key
) as told
inner join imports as m on told.import_id = m.import_id
group by m.import_id, m.file, m.format, m.as_of, m.finished_at
order by m.import_id
