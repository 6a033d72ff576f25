-- The cells of one import that could not be used, in the order of the file.
select
    line,
    column_name,
    value,
    reason
from import_rejects
where import_id = :import_id and reason <> ''
order by line, column_name
