select
    m.import_id,
    m.store_id,
    s.name as store,
    m.file,
    m.format,
    m.undone_at
from imports as m
inner join stores as s on m.store_id = s.store_id
where m.import_id = :import_id
