-- One row a day on which anything was sold: which products, in the summaries' numbers, and how many ten-thousandths of a piece
-- of each, as packed four-byte and eight-byte numbers in the same order: a million of them are read in the time of ten thousand
-- rows. The slices are named beforehand: joined, those of every store would be read.
with chosen as (
    select slice_no
    from slices
    where
        clock = 'both' and channel is not null and country is not null
        and store_id = :store_id
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
)

select
    d.day,
    string_agg(int4send(d.value_no), cast('' as bytea)) as numbers,
    string_agg(float8send(d.units), cast('' as bytea)) as units
from sales_products_daily as d
where
    d.slice_no = any(array(select c.slice_no from chosen as c))
    and d.day >= :start and d.day < :stop and d.units <> 0
    and (cast(:numbers as integer[]) is null or d.value_no = any(cast(:numbers as integer[])))
group by d.day
order by d.day
