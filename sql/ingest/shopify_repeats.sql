-- A Shopify orders export that a spreadsheet has filled down, sorted or doubled -> `source` as Shopify would have written
-- it, repeats (rows that say nothing new), astray (rows whose order cannot be told) and line_places (the place of a line
-- whose order no longer stands together). Which rows are lines of an order and which repeat others is told by the order's
-- own printed Subtotal, never guessed.

-- A total at the end names no day, no line and no order.
update file_rows
set is_blank = true
where
    record in (
        select record
        from source
        where
            created_at is null and lineitem_name is null and lineitem_sku is null and financial_status is null and id is null
            and email is null
            and (name is null or lower(trim(name)) in ('total', 'totals', 'grand total', 'gesamt', 'summe', 'totaux', 'totales'))
    );

-- Names whose rows are not just one first row with its lines right below it.
create or replace table suspects as
with shaped as (
    select
        name,
        count(*) as rows,
        count(*) filter (coalesce(financial_status, subtotal, total) is not null) as heads,
        min(record) as first,
        max(record) as last,
        min(record) filter (coalesce(financial_status, subtotal, total) is not null) as head
    from source
    where not is_blank and name is not null
    group by name
),

doubled as (
    select distinct name
    from (
        select name
        from source
        where not is_blank and subtotal is null and total is null
        group by name, hash(lineitem_name, lineitem_sku, lineitem_price, lineitem_quantity)
        having count(*) > 1
    )
)

select
    name,
    head,
    heads,
    last - first + 1 <> rows or head <> first as is_apart
from shaped
where heads > 1 or (heads = 1 and (last - first + 1 <> rows or head <> first or name in (from doubled)));

create or replace table suspect_rows as
select
    s.record,
    s.name,
    x.head,
    s.financial_status is not null as has_status,
    s.subtotal is not null and s.total is not null as is_head,
    -- what the order says of itself, wherever it is repeated
    case
        when s.subtotal is not null and s.total is not null
            then concat_ws(
                '|', coalesce(s.id, ''), s.subtotal, s.total, coalesce(s.shipping, ''), coalesce(s.taxes, ''),
                coalesce(s.discount_amount, ''), coalesce(s.refunded_amount, ''), coalesce(s.financial_status, ''),
                coalesce(s.cancelled_at, '')
            )
    end as version,
    concat_ws(
        '|', coalesce(s.lineitem_name, ''), coalesce(s.lineitem_sku, ''), coalesce(s.lineitem_price, ''),
        coalesce(s.lineitem_quantity, ''), coalesce(s.lineitem_discount, '')
    ) as line,
    s.lineitem_sku is null
    and coalesce(
        lower(trim(s.lineitem_name)) in ('tip', 'tips', 'trinkgeld', 'pourboire', 'propina', 'mancia', 'fooi', 'gorjeta', 'dricks'), false
    ) as is_tip,
    try_cast(
        cast(to_number(s.lineitem_quantity, getvariable('decimal_comma')) as decimal(20, 6))
        * to_number(s.lineitem_price, getvariable('decimal_comma')) as decimal(18, 4)
    ) as listed,
    to_number(s.subtotal, getvariable('decimal_comma')) as subtotal,
    coalesce(to_number(s.discount_amount, getvariable('decimal_comma')), 0) as discount,
    coalesce(to_number(s.taxes, getvariable('decimal_comma')), 0) as taxes,
    to_number(s.total, getvariable('decimal_comma')) - coalesce(to_number(s.shipping, getvariable('decimal_comma')), 0)
    - coalesce(to_number(s.duties, getvariable('decimal_comma')), 0) as goods_and_tips,
    lag(s.record) over (partition by s.name order by s.record) as above
from source as s
inner join suspects as x on s.name = x.name
where not s.is_blank;

-- An order that stands once, however often its own columns are repeated, is one group with all its lines. One that stands
-- in several versions is a group a version, if each row says which version it is of.
create or replace table versions as
select
    name,
    count(distinct version) as versions,
    count(*) filter (is_head) as heads,
    count(*) filter (not is_head) as others,
    bool_or(not is_head and above is distinct from record - 1) as is_scattered
from suspect_rows
group by name;

create or replace table grouped as
select
    r.*,
    case when v.versions = 1 then '' else r.version end as part,
    min(r.record) filter (r.is_head) over same as first_head,
    max(r.record) filter (r.is_head) over same as last_head,
    row_number() over (partition by r.name, case when v.versions = 1 then '' else r.version end, r.line order by r.is_head desc, r.record)
        as copy
from suspect_rows as r
inner join versions as v on r.name = v.name
where v.heads > 0 and (v.versions = 1 or v.others = 0)
window same as (partition by r.name, case when v.versions = 1 then '' else r.version end);

-- Whether lines worth `listed` and tips are what the order prints: 2 where all of its amounts say so, 1 where only they can,
-- as a discount on shipping may be printed twice.
create or replace macro is_right(listed, tips, said) as
    case
        when coalesce(listed - said.subtotal not in (0, said.discount), true) then 0
        when
            said.goods_and_tips - said.subtotal - tips
            in (listed - said.subtotal - said.discount, listed - said.subtotal - said.discount + said.taxes) then 2
        when said.goods_and_tips - said.subtotal - tips in (0, said.taxes) then 1
        else 0
    end;

-- The file as a whole is filled down where no row of it is without its order's columns.
create or replace table decided as
with sums as (
    select
        name,
        part,
        first_head,
        any_value({'subtotal': subtotal, 'discount': discount, 'taxes': taxes, 'goods_and_tips': goods_and_tips}) filter (is_head)
            as said,
        count(*) filter (is_head) as heads,
        count(*) as rows,
        count(distinct line) as lines,
        coalesce(sum(listed) filter (not is_tip), 0) as listed,
        coalesce(sum(listed) filter (not is_tip and record >= last_head), 0) as listed_last,
        coalesce(sum(listed) filter (not is_tip and copy = 1), 0) as listed_once,
        coalesce(sum(listed) filter (is_tip), 0) as tips,
        coalesce(sum(listed) filter (is_tip and record >= last_head), 0) as tips_last,
        coalesce(sum(listed) filter (is_tip and copy = 1), 0) as tips_once
    from grouped
    group by name, part, first_head
),

judged as (
    select
        *,
        is_right(listed, tips, said) as all_right,
        is_right(listed_once, tips_once, said) as once_right,
        is_right(listed_last, tips_last, said) as last_right,
        greatest(all_right, once_right, last_right) as best
    from sums
),

file as (
    select count(*) = 0 as is_filled
    from source
    where not is_blank and subtotal is null and total is null
)

select
    j.name,
    j.part,
    j.first_head,
    case
        when j.best = 0 then case when f.is_filled and j.lines > 1 then 'lines' else 'copies' end
        when j.all_right = j.best and (j.heads = 1 or j.lines > 1) then 'lines'
        when j.once_right = j.best and j.lines < j.rows then 'repeated'
        when j.last_right = j.best and j.heads > 1 then 'copies'
        else 'lines'
    end as is_what
from judged as j
cross join file as f;

create or replace table repeats as
select g.record
from grouped as g
inner join decided as d on g.name = d.name and g.part = d.part
where d.is_what = 'repeated' and g.copy > 1;

-- Of an order's own columns filled down, the first row's are enough.
update file_rows
set financial_status = null, subtotal = null, total = null
where
    record in (
        select g.record
        from grouped as g
        inner join decided as d on g.name = d.name and g.part = d.part
        where d.is_what in ('lines', 'repeated') and g.record <> g.first_head
        union all
        select r.record
        from suspect_rows as r
        inner join versions as v on r.name = v.name
        where not r.is_head and r.has_status and v.heads > 0
    );

-- Lines of an order that stands in two versions and no longer together could be of either.
create or replace table astray as
select
    r.record,
    r.name
from suspect_rows as r
inner join versions as v on r.name = v.name
where v.versions > 1 and v.others > 0 and v.is_scattered;

create or replace table line_places as
select
    g.record,
    row_number() over (partition by g.name, g.part order by g.record <> g.first_head, g.record) as line_no
from grouped as g
inner join decided as d on g.name = d.name and g.part = d.part
inner join suspects as x on g.name = x.name
where x.is_apart and (x.heads = 1 or d.is_what <> 'copies');
