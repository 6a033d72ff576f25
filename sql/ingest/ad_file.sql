-- What is said of the whole report: the span of days in the lines above its header, by what its rows are added up, the
-- currency that its headers name, and which sales its platform claims. One row. A span that can be read in two ways,
-- 01/02/2026 - 03/02/2026, is none.
create or replace table ad_file as
with lines as (
    select
        row_number() over () as place,
        -- where two spans are compared, the first is the report's
        ends_said(regexp_replace(
            regexp_replace(line, '(?i)\s+(compared to|compared with|verglichen mit|im vergleich zu|par rapport|en comparación|rispetto).*$', ''),
            '^[^:0-9]*:\s*', ''
        )) as ends,
        lower(nullif(regexp_extract(line, '(?i)aggregation:\s*(\w+)', 1), '')) as grain,
        -- Microsoft names the day until which it has counted
        regexp_matches(line, '(?i)^(last completed|rows|time zone|potential)') as is_else
    from (select unnest(cast($lines as varchar[])) as line)
),

readings as (
    select
        said,
        cast(to_moment(said, true) as date) as day_first,
        cast(to_moment(said, false) as date) as month_first
    from (select distinct unnest(ends) as said from lines where not is_else)
),

read as (
    select
        l.place,
        a.day_first <= b.day_first as is_day_first,
        a.month_first <= b.month_first as is_month_first,
        [a.day_first, b.day_first] as by_day,
        [a.month_first, b.month_first] as by_month
    from lines as l
    inner join readings as a on l.ends[1] = a.said
    inner join readings as b on l.ends[2] = b.said
    where not l.is_else
),

spans as (
    select
        place,
        case
            when is_day_first and is_month_first then case when by_day = by_month then by_day end
            when is_day_first then by_day
            when is_month_first then by_month
        end as span
    from read
)

select
    (select arg_min(span, place) from spans where span is not null) as span,
    (select max(grain) from lines) as grain,
    cast($currency as varchar) as currency,
    cast($attribution as varchar) as attribution,
    cast($source as varchar) as source;
