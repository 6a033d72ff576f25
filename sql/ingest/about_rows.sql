-- The sentences that a conversion has for the user.
select notice
from file_notices
order by notice
