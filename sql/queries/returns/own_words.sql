-- One row a store, field and word of which somebody there said what it means: the newest saying, unless it took the others back.
with newest as (
    select distinct on (store_id, field, words)
        store_id,
        field,
        words,
        means
    from return_words
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
    order by store_id, field, words, change_no desc
)

select
    store_id,
    field,
    words,
    means
from newest
where means is not null
order by store_id, field, words
