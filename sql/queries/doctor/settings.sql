-- How the server is set, for the settings that matter here.
select
    name,
    setting,
    unit
from pg_settings
where name = any(cast(:names as text[]))
order by name
