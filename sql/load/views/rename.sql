update saved_views
set name = :other
where name = :name
