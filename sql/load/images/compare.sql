-- What becomes of each fact that the file speaks of: new, changed, the same, or older than what is known.
create temp table images_plan on commit drop as
with said as (
    select
        s.*,
        md5(cast(s.image as text)) as fingerprint
    from images_stage as s
)

select
    s.kind,
    s.key,
    s.as_of,
    s.rows,
    s.image,
    s.fingerprint,
    i.key is null or i.as_of <= s.as_of as is_current,
    case
        when i.key is null then 'loaded'
        when i.fingerprint = s.fingerprint then 'unchanged'
        when i.as_of > s.as_of then 'older'
        else 'updated'
    end as state
from said as s
left join import_images as i on i.store_id = :store_id and s.kind = i.kind and s.key = i.key and i.is_current
