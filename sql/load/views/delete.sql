delete from saved_views
where name = :name
