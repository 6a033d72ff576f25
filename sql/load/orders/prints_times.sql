-- Whether the file of an import tells the time of day.
update imports
set prints_times = :prints_times
where import_id = :import_id
