-- What a rule can go by: one row a channel as the platform prints it and a tag, with how many orders have it, most first.
-- Of tags, which can be as many as orders, the most frequent ones.
with orders_of_store as (
    select
        order_key,
        trim(coalesce(platform_channel, channel)) as printed,
        tags
    from orders
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
),

tagged as (
    select distinct
        o.order_key,
        trim(tag) as tag
    from orders_of_store as o
    cross join lateral unnest(string_to_array(o.tags, ',')) as tag
    where trim(tag) <> ''
),

counted_tags as (
    select
        min(tag) as tag,
        count(*) as orders
    from tagged
    group by lower(tag)
    order by orders desc, tag
    limit 200
)

select
    'channel' as field,
    min(printed) as value,
    count(*) as orders
from orders_of_store
group by lower(printed)
union all
select
    'tag' as field,
    tag as value,
    orders
from counted_tags
order by field, orders desc, value
