-- Every record as text under our column names, which start with a letter; columns not used start with an underscore.
-- Where some cells are as a spreadsheet was told to leave them alone, ="00042" and '00042, each is what it stands for.
create or replace table file_rows as
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
    case
        when $has_wrapped then nullif(unwrapped(columns(* exclude (anything))), '')
        else columns(* exclude (anything))
    end
from filled;
