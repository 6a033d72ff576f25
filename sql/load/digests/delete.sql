delete from digests
where name = :name
