-- The kinds of facts that changed, and of each how many are gone and how many hold something else now.
select
    c.kind,
    count(*) filter (where i.key is null) as removed,
    count(*) filter (where i.key is not null) as returned
from images_changed as c
left join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
group by c.kind
order by c.kind
