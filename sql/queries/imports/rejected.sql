-- The rows of one import that were set aside and those that are replaced together with them, one row a line of the file.
select
    line,
    string_agg(nullif(column_name, ''), '; ' order by column_name) as columns,
    string_agg(value, '; ' order by column_name) as values,
    string_agg(nullif(reason, ''), '; ' order by column_name) as reasons,
    (array_agg(record) filter (where record is not null))[1] as record
from import_rejects
where import_id = :import_id
group by line
order by line
