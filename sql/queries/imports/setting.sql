-- What is kept under a name.
select value
from settings
where name = :name
