insert into import_mappings (signature, format, columns, answers)
values (:signature, :format, cast(:columns as jsonb), cast(:answers as jsonb))
on conflict (signature) do update
    set format = excluded.format, columns = excluded.columns, answers = excluded.answers
