-- What was worked out is written where it changed; gives the import and the reason of each such row, null where it counts.
with changed as (
    select
        r.spend_key,
        r.import_id,
        r.left_out
    from ad_rows as r
    where r.left_out is distinct from r.was_left_out
),

written as (
    update ad_spend as f
    set left_out = c.left_out
    from changed as c
    where f.store_id = :store_id and f.spend_key = c.spend_key
    returning c.import_id, c.left_out
)

select
    import_id,
    left_out
from written
