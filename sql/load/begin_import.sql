-- One row an import; nothing comes back if this very file is in the store already.
insert into imports (store_id, file, sha256, format, as_of, mapping, currency, imported_by)
values (:store_id, :file, :sha256, :format, :as_of, :mapping, :currency, :imported_by)
on conflict (store_id, sha256, format, as_of, mapping) where undone_at is null do nothing
returning import_id
