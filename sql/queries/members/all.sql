-- One row a person on the list, by address; `stores` are the names of theirs, null for every store.
select
    members.email,
    members.role,
    members.store_ids,
    (
        select array_agg(stores.name order by stores.name)
        from stores
        where stores.store_id = any(members.store_ids)
    ) as stores,
    members.added_by,
    members.added_at,
    (
        select max(sign_ins.seen_at)
        from sign_ins
        where sign_ins.email = members.email and sign_ins.is_admitted
    ) as seen_at
from members
order by members.email
