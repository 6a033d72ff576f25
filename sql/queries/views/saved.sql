-- One row a saved view, by name.
select
    view_id,
    name,
    page,
    query,
    created_at
from saved_views
order by lower(name), name
