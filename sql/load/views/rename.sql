update saved_views
set name = :other
where name = :name and (saved_by = :saved_by or :may_others)
