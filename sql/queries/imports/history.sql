-- One row an import, the newest first.
select
    m.import_id,
    s.name as store,
    m.file,
    m.format,
    case
        when m.undone_at is not null then 'undone'
        when m.loaded + m.updated > 0 then 'loaded'
        else 'unchanged'
    end as status,
    m.rows,
    m.loaded,
    m.updated,
    m.unchanged,
    m.duplicate,
    m.rejected,
    m.ignored,
    m.first_day as start,
    m.last_day + 1 as stop,
    m.currency,
    m.imported_by,
    m.started_at,
    round(extract(epoch from m.finished_at - m.started_at), 2) as seconds,
    array_to_string(m.notices, ' ') as notices
from imports as m
inner join stores as s on m.store_id = s.store_id
where cast(:store_ids as integer[]) is null or m.store_id = any(cast(:store_ids as integer[]))
order by m.import_id desc
