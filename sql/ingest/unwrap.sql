-- Cells that a spreadsheet was told to leave alone, ="00042" and '00042, as what they stand for. Run only for files that
-- hold such cells: it touches every one.
create or replace table source as
select
    record,
    is_blank,
    nullif(unwrapped(columns(* exclude (record, is_blank))), '')
from source;
