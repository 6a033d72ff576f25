-- In a table of our own columns a text that a spreadsheet would run as a formula has an apostrophe in front of it.
create or replace table source as
select
    record,
    is_blank,
    regexp_replace(columns(* exclude (record, is_blank)), '^''([=+@\t\r\n-])', '\1')
from source;
