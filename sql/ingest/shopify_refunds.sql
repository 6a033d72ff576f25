-- What a Shopify orders export says was taken back -> reversals_new. The export knows money only: how much of an order
-- was refunded, and when an order was cancelled. Units stay unknown, and a kind is inferred only on an exact match.

-- Orders of which something was taken back.
create or replace table concerned as
select *
from orders_new
where is_counted and (refunded > 0 or cancelled_on is not null);

create or replace table parts as
select
    i.order_key,
    i.line_no as part,
    i.kind as line_kind,
    i.amount - i.discount as value
from items_new as i
inner join concerned as o on i.head = o.head
union all
select
    order_key,
    charge.part,
    charge.line_kind,
    charge.value
from concerned
cross join lateral (
    select unnest([
        {'part': 1000001, 'line_kind': 'shipping', 'value': shipping},
        {'part': 1000002, 'line_kind': 'tax', 'value': tax},
        {'part': 1000003, 'line_kind': 'duties', 'value': duties}
    ]) as charge
)
where charge.value <> 0;

create or replace table taken_back as
with sums as (
    select
        order_key,
        coalesce(sum(value) filter (where line_kind <> 'tip'), 0) as base,
        coalesce(sum(value) filter (where line_kind = 'tip'), 0) as tips
    from parts
    group by order_key
),

refunds as (
    select
        o.order_key,
        o.head,
        o.currency,
        o.ordered_on,
        o.cancelled_on,
        o.fulfillment_status,
        o.document_total,
        o.refunded,
        s.base,
        s.tips,
        s.base - o.refunded as kept,
        round(100 * o.refunded / nullif(o.document_total, 0) / 5, 0) * 5 as percent
    from concerned as o
    inner join sums as s on o.order_key = s.order_key
),

-- A round fee or percentage means something only when the shop uses it again and again.
counted as (
    select
        *,
        kept > 0 and kept % 5 = 0 and kept <= 50 and kept < refunded as is_round_fee,
        refunded > 0 and percent between 5 and 50
        and abs(100 * refunded / nullif(document_total, 0) - percent) <= 0.15 as is_round_percent,
        count(*) filter (where refunded > 0) over (partition by kept) as same_fee,
        count(*) filter (where refunded > 0) over (partition by percent, is_round_percent) as same_percent
    from refunds
),

one_line as (
    -- a line is matched at the price that was paid for it, with the tax inside it
    select
        r.order_key,
        min(i.line_no) as part
    from refunds as r
    inner join items_new as i on r.head = i.head
    left join inside_tax as x on i.head = x.id and i.line_no = x.part
    where i.kind = 'product' and i.amount - i.discount + coalesce(x.share, 0) = r.refunded and r.refunded > 0
    group by r.order_key
    having count(*) = 1
)

select
    c.*,
    o.part as one_line,
    case
        when refunded = 0 then null
        when refunded >= document_total or refunded = base then 'whole_order'
        when is_round_fee and same_fee >= 3 then 'fee_kept'
        when is_round_percent and (percent % 10 = 0 or same_percent >= 3) then 'round_percentage'
        when o.part is not null then 'one_line'
    end as pattern
from counted as c
left join one_line as o on c.order_key = o.order_key;

create or replace table refunded as
select
    *,
    case
        when cancelled_on is not null then 'cancellation'
        when pattern = 'whole_order' and fulfillment_status in ('unfulfilled', 'restocked') then 'cancellation'
        when pattern in ('whole_order', 'fee_kept', 'one_line') then 'return'
        when pattern = 'round_percentage' then 'goodwill'
        else 'unknown'
    end as kind
from taken_back
where refunded > 0;

-- Goods, shipping and tax in the order's proportion (part 0 is all goods); the tip only by what exceeds them.
create or replace table to_spread as
with grouped as (
    select
        order_key,
        case when line_kind = 'product' then 0 else part end as part,
        sum(value) as value
    from parts
    where line_kind <> 'tip'
    group by all
)

select
    g.order_key as id,
    g.part,
    g.value as weight,
    case when r.pattern = 'fee_kept' then r.base else least(r.refunded, r.base) end as total,
    minor_unit(r.currency) as unit
from refunded as r
inner join grouped as g on r.order_key = g.order_key;

create or replace table group_shares as
select * from spread('to_spread');

-- The goods' share falls on the lines by value, or on the one line that was matched.
create or replace table to_spread as
select
    p.order_key as id,
    p.part,
    case when r.pattern = 'one_line' and p.part <> r.one_line then 0 else p.value end as weight,
    g.share as total,
    minor_unit(r.currency) as unit
from refunded as r
inner join parts as p on r.order_key = p.order_key
inner join group_shares as g on r.order_key = g.id and g.part = 0
where p.line_kind = 'product';

create or replace table refund_parts as
select
    id as order_key,
    part,
    'product' as line_kind,
    share as amount
from spread('to_spread')
union all
select
    g.id as order_key,
    g.part,
    p.line_kind,
    g.share as amount
from group_shares as g
inner join parts as p on g.id = p.order_key and g.part = p.part
where p.line_kind <> 'product'
union all
-- what goes beyond goods, shipping and tax: the tip first, and above the order's total, goods
select
    order_key,
    1000004 as part,
    case when tips > 0 then 'tip' else 'product' end as line_kind,
    least(refunded, greatest(document_total, base)) - base as amount
from refunded
where refunded > base and pattern = 'whole_order' and document_total > base
union all
select
    order_key,
    1000005 as part,
    'product' as line_kind,
    refunded - greatest(document_total, base) as amount
from refunded
where refunded > greatest(document_total, base);

create or replace table reversals_new as
with booked as (
    select
        r.order_key,
        r.kind,
        r.pattern,
        f.part,
        f.line_kind,
        f.amount,
        coalesce(r.cancelled_on, r.ordered_on) as booked_on,
        r.cancelled_on is null as is_date_assumed,
        r.ordered_on
    from refunded as r
    inner join refund_parts as f on r.order_key = f.order_key
    where f.amount <> 0
    union all
    select
        order_key,
        'return_fee' as kind,
        pattern,
        1000006 as part,
        'fee' as line_kind,
        -kept as amount,
        coalesce(cancelled_on, ordered_on) as booked_on,
        cancelled_on is null as is_date_assumed,
        ordered_on
    from refunded
    where pattern = 'fee_kept'
    union all
    -- a cancellation takes back what refunds have not
    select
        t.order_key,
        'cancellation' as kind,
        null as pattern,
        p.part + 2000000 as part,
        p.line_kind,
        p.value - coalesce(f.amount, 0) as amount,
        t.cancelled_on as booked_on,
        false as is_date_assumed,
        t.ordered_on
    from taken_back as t
    inner join parts as p on t.order_key = p.order_key
    left join refund_parts as f on p.order_key = f.order_key and p.part = f.part
    where t.cancelled_on is not null and t.refunded < t.base + t.tips and p.value > coalesce(f.amount, 0)
)

select
    b.order_key,
    b.part as part_no,
    i.sku,
    i.title,
    b.kind,
    b.line_kind,
    cast(b.booked_on as timestamp) as booked_at,
    b.ordered_on,
    cast(null as varchar) as original_order_key,
    cast(null as decimal(18, 6)) as units,
    cast(null as decimal(18, 6)) as unit_price,
    cast(b.amount as decimal(18, 4)) as amount,
    cast(null as boolean) as is_restocked,
    b.pattern as inferred_from,
    b.is_date_assumed
from booked as b
-- below 1000000 is a line's own number; from 2000000 on it is the rest of a cancelled part
left join items_new as i on b.order_key = i.order_key and b.part % 2000000 = i.line_no;

create or replace table file_notices as
select
    'rounded_ids' as notice,
    count(*) as value
from head_cells
where regexp_full_match(id, '[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+')
having count(*) > 0;

-- The row numbers have done their work.
alter table orders_new drop column head;
alter table items_new drop column head;
