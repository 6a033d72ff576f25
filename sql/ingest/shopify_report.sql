-- Shopify's "total sales over time" report -> totals_new (one row a day and metric), records and rejects. Discounts and
-- reversals are kept as positive amounts, whatever sign the report prints.

create or replace table typed as
select
    *,
    cast(to_moment(day, getvariable('day_first')) as date) as on_day,
    coalesce(upper(trim(currency)), getvariable('currency')) as known_currency,
    is_blank or day is null or lower(trim(day)) in ('total', 'totals', 'summary', 'grand total') as is_total,
    concat_ws(
        '|', orders, coalesce(gross_sales, '-'), coalesce(discounts, '-'), coalesce(reversals, '-'), coalesce(net_sales, '-'),
        coalesce(shipping, '-'), coalesce(duties, '-'), coalesce(fees, '-'), coalesce(tax, '-'), coalesce(total_sales, '-')
    ) as said
from source;

-- A report cut by something else than days has several rows a day: none of them is the day's total.
create or replace table contradictions as
select
    on_day,
    known_currency
from typed
where not is_total and on_day is not null
group by on_day, known_currency
having count(distinct said) > 1;

create or replace table cells as
select
    record,
    on_day,
    known_currency,
    metric,
    value,
    to_number(value, getvariable('decimal_comma')) as amount
from (
    unpivot typed on orders, gross_sales, discounts, reversals, net_sales, shipping, duties, fees, tax, total_sales
    into name metric value value
)
where not is_total;

create or replace table rejects as
select
    record,
    'Day' as column_name,
    day as value,
    'this is not a day' as reason
from typed
where not is_total and on_day is null
union all
select
    t.record,
    'Day' as column_name,
    t.day as value,
    'two rows of this day say different things' as reason
from typed as t
inner join contradictions as c on t.on_day = c.on_day and t.known_currency = c.known_currency
where not t.is_total
union all
select
    record,
    upper(left(metric, 1)) || replace(metric[2:], '_', ' ') as column_name,
    value,
    'this is not an amount' as reason
from cells
where amount is null;

create or replace table records as
select
    record,
    case
        when record in (select record from rejects) then 'rejected'
        when is_total then 'ignored'
        when row_number() over (partition by on_day, known_currency, is_total order by record desc) > 1 then 'duplicate'
        else 'fact'
    end as state,
    on_day
from typed;

create or replace table totals_new as
select
    c.on_day as day,
    c.metric,
    c.known_currency as currency,
    cast(case when c.metric in ('discounts', 'reversals') then abs(c.amount) else c.amount end as decimal(18, 4)) as amount,
    case when row_number() over (partition by c.record order by c.metric) = 1 then 1 else 0 end as rows
from cells as c
inner join records as r on c.record = r.record
where r.state = 'fact';
