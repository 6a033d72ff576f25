-- One import: its file and the day it speaks of.
select
    file,
    as_of
from imports
where import_id = :import_id
