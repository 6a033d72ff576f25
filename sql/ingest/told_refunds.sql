-- What a file knows beyond an order's refunded amount, put into reversals_new (made by shopify_refunds): lines_back says
-- how much of which line was given back and how many units, dated_refunds when each refund was made. Either may be empty.

-- The lines that are known take their own amounts, and the rest of the refund falls on shipping, tax and fees by value.
create or replace table told as
with sums as (
    select
        order_key,
        sum(amount) as amount,
        bool_and(is_return) as is_return,
        max(inferred_from) as inferred_from
    from lines_back
    group by order_key
),

charges as (
    select
        order_key,
        sum(value) filter (where line_kind <> 'product') as amount
    from parts
    group by order_key
)

select
    s.order_key,
    s.is_return,
    s.inferred_from,
    o.currency,
    o.refunded - s.amount as rest,
    coalesce(c.amount, 0) as charges
from sums as s
inner join orders_new as o on s.order_key = o.order_key
left join charges as c on s.order_key = c.order_key
where o.is_counted and s.amount <= o.refunded and o.refunded - s.amount <= coalesce(c.amount, 0);

create or replace table to_spread as
select
    t.order_key as id,
    p.part,
    p.value as weight,
    t.rest as total,
    minor_unit(t.currency) as unit
from told as t
inner join parts as p on t.order_key = p.order_key
where p.line_kind <> 'product' and t.rest > 0;

create or replace table told_parts as
select
    b.order_key,
    b.part,
    'product' as line_kind,
    b.amount,
    b.units
from lines_back as b
inner join told as t on b.order_key = t.order_key
union all
select
    s.id as order_key,
    s.part,
    p.line_kind,
    s.share as amount,
    null as units
from spread('to_spread') as s
inner join parts as p on s.id = p.order_key and s.part = p.part
where s.share <> 0;

create or replace table reversals_told as
select
    p.order_key,
    p.part as part_no,
    i.sku,
    i.title,
    case when t.is_return then 'return' else coalesce(r.kind, 'unknown') end as kind,
    p.line_kind,
    cast(o.ordered_on as timestamp) as booked_at,
    o.ordered_on,
    cast(null as varchar) as original_order_key,
    cast(p.units as decimal(18, 6)) as units,
    cast(null as decimal(18, 6)) as unit_price,
    cast(p.amount as decimal(18, 4)) as amount,
    cast(null as boolean) as is_restocked,
    case when t.is_return then t.inferred_from else r.pattern end as inferred_from,
    true as is_date_assumed
from told_parts as p
inner join told as t on p.order_key = t.order_key
inner join orders_new as o on p.order_key = o.order_key
left join refunded as r on p.order_key = r.order_key
left join items_new as i on p.order_key = i.order_key and p.part = i.line_no
union all
select *
from reversals_new
where order_key not in (select order_key from told);

-- Each refund takes its share of the parts one after the other, so that both the parts and the refunds add up exactly; a
-- part may be cut in two. What no dated refund covers keeps the day of the order. Of a fee that was kept there is one
-- amount and one day, that of the last refund.
create or replace table reversals_new as
with parts_in_line as (
    select
        *,
        sum(amount) over (partition by order_key order by part_no rows unbounded preceding) as to_amount
    from reversals_told
    where kind <> 'return_fee'
),

fees as (
    select
        order_key,
        -sum(amount) as kept
    from reversals_told
    where kind = 'return_fee'
    group by order_key
),

refunds as (
    select
        d.order_key,
        d.refund_no,
        d.refunded_at,
        sum(d.amount) over by_no - d.amount as from_amount,
        sum(d.amount) over by_no
        -- the goods that came back were worth more than was paid out
        + case when row_number() over (partition by d.order_key order by d.refund_no desc) = 1 then coalesce(f.kept, 0) else 0 end
            as to_amount
    from dated_refunds as d
    left join fees as f on d.order_key = f.order_key
    window by_no as (partition by d.order_key order by d.refund_no rows unbounded preceding)
),

covered as (
    select
        order_key,
        max(to_amount) as to_amount,
        max(refunded_at) as last_at,
        max(refund_no) as refunds
    from refunds
    group by order_key
),

cut as (
    select
        p.*,
        r.refund_no,
        r.refunded_at,
        cast(least(p.to_amount, r.to_amount) - greatest(p.to_amount - p.amount, r.from_amount) as decimal(18, 4)) as piece
    from parts_in_line as p
    inner join refunds as r
        on p.order_key = r.order_key and r.from_amount < p.to_amount and r.to_amount > p.to_amount - p.amount
    union all
    select
        p.*,
        coalesce(c.refunds, 0) + 1 as refund_no,
        null as refunded_at,
        cast(p.to_amount - greatest(p.to_amount - p.amount, coalesce(c.to_amount, 0)) as decimal(18, 4)) as piece
    from parts_in_line as p
    left join covered as c on p.order_key = c.order_key
    where p.to_amount > coalesce(c.to_amount, 0)
)

select
    order_key,
    part_no + 10000000 * (row_number() over (partition by order_key, part_no order by refund_no) - 1) as part_no,
    sku,
    title,
    kind,
    line_kind,
    coalesce(refunded_at, booked_at) as booked_at,
    ordered_on,
    original_order_key,
    -- units of a part that is cut in two stand with its larger piece
    case when row_number() over (partition by order_key, part_no order by piece desc, refund_no) = 1 then units end as units,
    unit_price,
    piece as amount,
    is_restocked,
    inferred_from,
    refunded_at is null as is_date_assumed
from cut
union all
select
    f.* replace (
        coalesce(c.last_at, f.booked_at) as booked_at,
        c.last_at is null as is_date_assumed
    )
from reversals_told as f
left join covered as c on f.order_key = c.order_key
where f.kind = 'return_fee';
