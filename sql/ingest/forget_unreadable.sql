-- Before a file is read again: what could not be read the first time is not counted twice.
drop table if exists reject_errors;
drop table if exists reject_scans;
