select
    name,
    page,
    query
from saved_views
where saved_by = :saved_by
