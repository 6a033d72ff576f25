-- The import that brought this very file.
select
    import_id,
    rows,
    loaded,
    updated,
    unchanged,
    duplicate,
    rejected,
    ignored,
    first_day,
    last_day,
    currency,
    notices
from imports
where
    store_id = :store_id and sha256 = :sha256 and format = :format and as_of = :as_of and mapping = :mapping
    and undone_at is null
