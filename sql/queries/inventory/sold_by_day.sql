-- One row a day on which anything was sold: which products, in the summaries' numbers, and how many ten-thousandths of a piece
-- of each, as packed four-byte and eight-byte numbers in the same order: a million of them are read in the time of ten thousand
-- rows.
select
    d.day,
    string_agg(int4send(d.value_no), cast('' as bytea)) as numbers,
    string_agg(float8send(d.units), cast('' as bytea)) as units
from sales_products_daily as d
inner join slices as s on d.slice_no = s.slice_no
where
    s.clock = 'both' and s.channel is not null and s.country is not null
    and s.store_id = :store_id
    and d.day >= :start and d.day < :stop and d.units <> 0
    and (cast(:channels as text[]) is null or s.channel = any(cast(:channels as text[])))
    and (cast(:countries as text[]) is null or s.country = any(cast(:countries as text[])))
    and (cast(:numbers as integer[]) is null or d.value_no = any(cast(:numbers as integer[])))
group by d.day
order by d.day
