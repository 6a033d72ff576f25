-- By which version of their definitions the summaries were made.
select name, value
from settings
where name = 'summaries'
