select count(*) > 0
from images_changed
where kind = any(cast(:kinds as text[]))
