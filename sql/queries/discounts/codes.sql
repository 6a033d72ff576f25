-- One row a code or automatic discount that the platform's export names: its terms, and how often it was used according to
-- the platform beside how many orders of all days, counting or not, name it here.
with named as (
    select
        o.store_id,
        c.code,
        count(*) as orders,
        max(o.ordered_on) as last_ordered_on
    from orders as o
    cross join lateral unnest(codes_of(o.discount_codes)) as c (code)
    where
        o.discount_codes is not null
        and (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
    group by o.store_id, c.code
)

select
    d.code,
    s.name as store,
    d.kind,
    d.value,
    d.value_kind,
    d.minimum,
    d.starts_on,
    d.ends_on,
    d.status,
    d.used,
    coalesce(n.orders, 0) as named_here,
    n.last_ordered_on,
    d.currency
from discount_codes as d
inner join stores as s on d.store_id = s.store_id
left join named as n on d.store_id = n.store_id and lower(btrim(d.code)) = n.code
where cast(:store_ids as integer[]) is null or d.store_id = any(cast(:store_ids as integer[]))
order by d.used desc nulls last, d.code, s.name
