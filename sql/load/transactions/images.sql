insert into images_stage (kind, key, as_of, rows, image)
select
    'transactions' as kind,
    s.transaction_key as key,
    cast(:as_of as date) as as_of,
    s.rows,
    to_jsonb(s) - 'store_id' - 'rows' as image
from transactions_stage as s
