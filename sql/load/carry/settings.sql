select
    name,
    value
from settings
where name <> 'published'
