-- What was said about the columns of unknown files, by the signature of their header row.
select
    signature,
    format,
    columns,
    answers
from import_mappings
order by created_at, signature
