delete from saved_views
where name = :name and (saved_by = :saved_by or :may_others)
