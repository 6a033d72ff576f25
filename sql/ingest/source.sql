-- Every record as text under our column names, which start with a letter; columns not used start with an underscore.
-- A column that the file does not have is unknown throughout: `absent` is one row of nothing but such columns. (A union
-- with an empty table would say the same and take twice as long.)
create or replace table source as
with read as (
    select columns('^[a-z]')
    from read_csv(
        $path,
        columns = $columns,
        header = false,
        skip = $skip,
        delim = $delimiter,
        quote = $quote,
        escape = $escape,
        -- how platforms and spreadsheets write "not known"
        nullstr = ['', ' ', '--', ' --', '-- ', 'N/A', 'n/a', '#N/A', 'NULL', 'null'],
        auto_detect = false,
        parallel = false,
        null_padding = true,
        ignore_errors = true,
        store_rejects = true
    )
    cross join absent
),

filled as (
    select
        coalesce(*columns(*)) as anything,
        *
    from read
)

select
    row_number() over () as record,
    anything is null as is_blank,
    * exclude (anything)
from filled;
