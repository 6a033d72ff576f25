-- Nothing to look up: every order of the file is to be written.
create or replace table to_write (order_key varchar)
