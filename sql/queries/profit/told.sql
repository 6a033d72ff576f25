-- One row a store: whether it is told of any cost, of fees of selling, of what sending costs, and of ad spend.
select
    s.store_id,
    k.store_id is not null as has_any,
    coalesce(k.has_selling, false) as has_selling,
    coalesce(k.has_sending, false) as has_sending,
    -- the store's first row is enough
    s.store_id in (select a.store_id from ad_spend as a where a.store_id = s.store_id) as has_ads
from stores as s
left join contribution_stores as k on s.store_id = k.store_id
where cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[]))
order by s.store_id
