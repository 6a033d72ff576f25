-- One row an edit of what a word means, with what it meant before; the newest first.
select
    said_at,
    said_by,
    field,
    words,
    lag(means) over (partition by store_id, field, words order by change_no) as was,
    means
from return_words
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
order by change_no desc
