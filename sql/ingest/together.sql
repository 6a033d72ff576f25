-- The records set aside, and those that are replaced together with them. A row that does not say what it belongs to
-- most likely belongs with the row above it or below it.
with bad as (
    select distinct
        r.record,
        trim(u.unit) as unit
    from rejects as r
    left join units as u on r.record = u.record
),

named as (
    select
        record,
        trim(unit) as unit
    from units
    where unit is not null
),

homeless as (
    select record
    from bad
    where unit is null
),

concerned as (
    select unit
    from bad
    where unit is not null
    union
    select above.unit
    from homeless as h
    asof inner join named as above on h.record > above.record
    union
    select below.unit
    from homeless as h
    asof inner join named as below on h.record < below.record
)

select record
from named
where unit in (select unit from concerned)
union
select record
from bad
order by record;
