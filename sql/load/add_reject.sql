insert into import_rejects (import_id, line, column_name, value, reason)
values (:import_id, :line, :column_name, :value, :reason)
