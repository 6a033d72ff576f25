-- The file's rows by what became of their facts.
select
    state,
    sum(rows) as rows,
    count(*) as facts
from images_plan
where kind = :kind
group by state
