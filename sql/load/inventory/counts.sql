-- The file's rows beside the counts that are known of the same day, location and product.
select
    case
        when l.level_key is null then 'loaded'
        when
            (l.on_hand, l.committed, l.unavailable, l.available, l.incoming, l.received, l.returned, l.adjusted)
            is not distinct from
            (s.on_hand, s.committed, s.unavailable, s.available, s.incoming, s.received, s.returned, s.adjusted)
            then 'unchanged'
        else 'updated'
    end as state,
    sum(s.rows) as rows,
    count(*) as levels
from levels_stage as s
left join inventory_levels as l
    on l.store_id = :store_id and s.as_of = l.as_of and s.location = l.location and s.level_key = l.level_key
group by state
