delete from import_mappings
where signature = :signature
