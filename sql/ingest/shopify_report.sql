-- Shopify's "total sales over time" and "total sales by order" reports -> totals_new (one row a day and metric), records
-- and rejects. Hours are added up to their day. What is no total of a day carries its grain in the metric's name:
-- `month:net_sales` stands on the first day of the month, `order:net_sales:#1001` on the day of the row, or, where the
-- report has no day, on the day it speaks of. Discounts and reversals are kept as positive amounts.

create or replace macro to_period(value) as coalesce(
    to_moment(value, getvariable('day_first')),
    try_strptime(trim(value), ['%Y-%m', '%m/%Y', '%b %Y', '%B %Y', '%Y']),
    case
        when regexp_full_match(trim(value), 'Q[1-4] 20[0-9]{2}')
            then make_timestamp(cast(right(trim(value), 4) as bigint), 3 * cast(trim(value)[2:2] as bigint) - 2, 1, 0, 0, 0)
    end
);

create or replace table cut as
select
    case
        when count("order") > 0 then 'order'
        when count(day) > 0 or count(hour) > 0 then 'day'
        when count(week) > 0 then 'week'
        when count(month) > 0 then 'month'
        when count(quarter) > 0 then 'quarter'
        else 'year'
    end as grain,
    count(day) + count(hour) > 0 as has_days,
    count(hour) > 0 as has_hours
from source;

create or replace table totals_words as
select unnest(['total', 'totals', 'summary', 'grand total', 'gesamt', 'insgesamt', 'totaux', 'totales']) as word;

create or replace table typed as
with units as (
    select
        s.*,
        c.grain,
        case
            when c.grain in ('order', 'day') then coalesce(s.day, s.hour)
            when c.grain = 'week' then s.week
            when c.grain = 'month' then s.month
            when c.grain = 'quarter' then s.quarter
            else s.year
        end as unit,
        case when c.grain = 'order' then trim(s."order") when c.has_hours then coalesce(s.hour, '') else '' end as part
    from source as s
    cross join cut as c
)

select
    u.* exclude (day),
    case
        when u.grain = 'order' and not c.has_days then cast(getvariable('as_of') as date)
        else cast(to_period(u.unit) as date)
    end as on_day,
    coalesce(upper(trim(u.currency)), getvariable('currency')) as known_currency,
    u.is_blank
    or case when u.grain = 'order' then u.part is null else u.unit is null end
    or coalesce(lower(trim(u.unit)) in (from totals_words), false)
    or coalesce(lower(u.part) in (from totals_words), false) as is_total,
    concat_ws(
        '|', coalesce(orders, '-'), coalesce(gross_sales, '-'), coalesce(discounts, '-'), coalesce(reversals, '-'),
        coalesce(net_sales, '-'), coalesce(shipping, '-'), coalesce(duties, '-'), coalesce(additional_fees, '-'),
        coalesce(return_fees, '-'), coalesce(tax, '-'), coalesce(total_sales, '-')
    ) as said
from units as u
cross join cut as c;

-- A report cut by something else than it says has several rows a day: none of them is the day's total.
create or replace table contradictions as
select
    on_day,
    part,
    known_currency
from typed
where not is_total and on_day is not null
group by on_day, part, known_currency
having count(distinct said) > 1;

create or replace table cells as
select
    record,
    on_day,
    grain,
    part,
    known_currency,
    metric,
    value,
    to_number(value, getvariable('decimal_comma')) as amount
from (
    unpivot typed on orders, gross_sales, discounts, reversals, net_sales, shipping, duties, additional_fees, return_fees, tax,
    total_sales
    into name metric value value
)
where not is_total;

create or replace table rejects as
with bad as (
    select
        t.record,
        upper(left(u.grain, 1)) || u.grain[2:] as column_name,
        t.unit as value,
        case when t.unit is null then 'the day is missing' else 'this is not a ' || case u.grain when 'order' then 'day' else u.grain end end
            as reason
    from typed as t
    cross join cut as u
    where not t.is_total and t.on_day is null
    union all
    select
        t.record,
        case when t.grain = 'order' then 'Order name' else upper(left(t.grain, 1)) || t.grain[2:] end as column_name,
        case when t.grain = 'order' or t.part <> '' then t.part else t.unit end as value,
        'two rows of this ' || case when t.grain = 'day' and t.part <> '' then 'hour' else t.grain end || ' say different things' as reason
    from typed as t
    inner join contradictions as c on t.on_day = c.on_day and t.part = c.part and t.known_currency = c.known_currency
    where not t.is_total
    union all
    select
        record,
        upper(left(metric, 1)) || replace(metric[2:], '_', ' ') as column_name,
        value,
        'this is not an amount' as reason
    from cells
    where amount is null
),

-- a day of which an hour is missing is no total
incomplete as (
    select distinct
        t.on_day,
        t.known_currency
    from typed as t
    inner join bad as b on t.record = b.record
    cross join cut as u
    where u.has_hours and u.grain = 'day' and t.on_day is not null
)

select
    record,
    column_name,
    value,
    reason
from bad
union all
select
    t.record,
    'Hour' as column_name,
    t.part as value,
    'another hour of this day was set aside, so the day has no total' as reason
from typed as t
inner join incomplete as i on t.on_day = i.on_day and t.known_currency = i.known_currency
where not t.is_total and t.record not in (select record from bad);

create or replace table records as
select
    t.record,
    case
        when t.record in (select record from rejects) then 'rejected'
        when t.is_total or t.record not in (select record from cells) then 'ignored'
        when row_number() over (partition by t.on_day, t.part, t.known_currency, t.is_total order by t.record desc) > 1 then 'duplicate'
        else 'fact'
    end as state,
    t.on_day
from typed as t;

create or replace table totals_new as
with facts as (
    select c.*
    from cells as c
    inner join records as r on c.record = r.record
    where r.state = 'fact'
),

-- reports print what reduces sales with a minus; a day on which it is the other way round keeps its own sign
signs as (
    select
        metric,
        case when metric in ('discounts', 'reversals') and sum(amount) < 0 then -1 else 1 end as sign
    from facts
    group by metric
),

added as (
    select
        f.on_day as day,
        -- the report tells additional fees from return fees; ours are one
        case f.grain when 'day' then '' else f.grain || ':' end
        || case when f.metric in ('additional_fees', 'return_fees') then 'fees' else f.metric end
        || case f.grain when 'order' then ':' || f.part else '' end as metric,
        f.known_currency as currency,
        cast(sum(f.amount * s.sign) as decimal(18, 4)) as amount
    from facts as f
    inner join signs as s on f.metric = s.metric
    group by all
),

behind as (
    select
        on_day as day,
        count(distinct record) as rows
    from facts
    group by on_day
)

select
    a.day,
    a.metric,
    a.currency,
    a.amount,
    case when row_number() over (partition by a.day order by a.metric, a.currency) = 1 then b.rows else 0 end as rows
from added as a
inner join behind as b on a.day = b.day;
