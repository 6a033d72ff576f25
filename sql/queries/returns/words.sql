-- One row a store, currency, field and word that files say of goods that came back, at any time.
with told as (
    select
        r.store_id,
        o.currency,
        r.order_key,
        r.units,
        r.amount,
        said.field,
        said.words
    from reversals as r
    inner join orders as o on r.store_id = o.store_id and r.order_key = o.order_key
    cross join lateral (values ('reason', r.reason), ('condition', r.condition)) as said (field, words)
    where
        r.line_kind = 'product' and r.kind = 'return' and not r.is_superseded and said.words is not null
        and (cast(:store_ids as integer[]) is null or r.store_id = any(cast(:store_ids as integer[])))
)

select
    store_id,
    currency,
    field,
    words,
    count(distinct order_key) as orders,
    trim_scale(sum(units)) as units,
    sum(amount) as value_returned
from told
group by store_id, currency, field, words
order by field, value_returned desc, words
