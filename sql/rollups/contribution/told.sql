-- What a store is told of: any cost at all, fees of selling, what sending costs, and of that the carriage; with what it was told
-- of when its contribution was last summed up.
with told as (
    select
        exists (
            select 1
            from fees as f
            where f.store_id = :store_id and f.cost_kind in ('payment_fee', 'marketplace_fee') and not f.is_refund
        )
        or exists (
            select 1
            from cost_rules as r
            where r.store_id = :store_id and r.cost_kind in ('payment_fee', 'marketplace_fee')
        ) as has_selling,
        exists (
            select 1
            from fees as f
            where f.store_id = :store_id and f.cost_kind in ('label', 'fulfilment_fee') and not f.is_refund
        )
        or exists (
            select 1
            from cost_rules as r
            where r.store_id = :store_id and r.cost_kind in ('label', 'fulfilment_fee')
        ) as has_carriage,
        exists (
            select 1
            from cost_rules as r
            where r.store_id = :store_id and r.cost_kind = 'pick_pack'
        )
        or exists (
            select 1
            from fees as f
            where f.store_id = :store_id and f.cost_kind = 'pick_pack' and not f.is_refund
        ) as has_packing
)

select
    t.has_selling or t.has_carriage or t.has_packing
    or exists (select 1 from fees as f where f.store_id = :store_id)
    or exists (select 1 from product_costs as c where c.store_id = :store_id) as has_any,
    t.has_selling,
    t.has_carriage or t.has_packing as has_sending,
    t.has_carriage,
    k.store_id is not null as is_kept,
    coalesce(k.has_carriage, false) as had_carriage
from told as t
left join contribution_stores as k on k.store_id = :store_id
