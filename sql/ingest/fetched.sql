-- What PostgreSQL has written to a file, as text.
select *
from read_csv(
    $path, columns = $columns, header = false, delim = ',', quote = '"', escape = '"', auto_detect = false
)
