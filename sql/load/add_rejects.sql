-- One row a cell at fault, in the order given; a row without a reason is one that is replaced together with others.
insert into import_rejects (import_id, line, column_name, value, reason, record)
select
    :import_id,
    line,
    column_name,
    value,
    reason,
    record
from unnest(
    cast(:lines as bigint[]),
    cast(:columns as text[]),
    cast(:values as text[]),
    cast(:reasons as text[]),
    cast(cast(:records as text[]) as jsonb[])
) as given (line, column_name, value, reason, record)
