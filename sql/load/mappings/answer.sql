update import_mappings
set answers = answers || cast(:answers as jsonb)
where signature = :signature
