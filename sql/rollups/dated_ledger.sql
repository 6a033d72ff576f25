-- The ledger's entries of the touched days of one store, or of all its days, in the summaries' numbers: one row an entry and
-- clock, with the day on which it counts there. A reversal stands under both clocks, everything else under 'both'. Orders
-- have a number that tells those of one slice and day apart, customers a hash of their key, where an order
-- stands for itself. What belongs to no product has the alias 0. The hour is null where the file prints none; that of what was
-- taken back, under the number of the order in which it was sold, is -1 unless that was on the day of the sale. Of what was
-- taken back it is also told whether it is a return of a product of an order that a file has (is_known), and after how many
-- days it came, unless that is assumed.
create temp table numbered_aliases on commit drop as
select
    a.alias_id,
    v.value_no as product_no,
    v.category_no,
    v.vendor_no
from product_aliases as a
inner join sold_values as v on v.store_id = :store_id and v.dimension = 'product' and a.product_key = v.value
where a.store_id = :store_id
union all
select
    0 as alias_id,
    value_no as product_no,
    category_no,
    vendor_no
from sold_values
where store_id = :store_id and dimension = 'product' and value = '';
analyze numbered_aliases;
create temp table timeless on commit drop as
select import_id
from imports
where store_id = :store_id and not prints_times;
create temp table dated_ledger on commit drop as
select
    s.slice_no,
    l.ordered_on as day,
    l.entry, l.kind, l.line_kind,
    l.line_kind = 'product' as is_product,
    l.entry = 'sale' and l.line_kind = 'product' and l.ordered_on = l.placed_on as is_sold,
    hashtextextended(l.order_key, 0) as order_no,
    case when l.line_kind in ('order', 'zero_order') then hashtextextended(l.customer_key, 0) end as customer,
    n.product_no, n.category_no, n.vendor_no,
    cast(l.units * 10000 as bigint) as units,
    cast(l.amount * 10000 as bigint) as amount,
    cast(l.discount * 10000 as bigint) as discount,
    cast(l.cost * 10000 as bigint) as cost,
    case
        when l.import_id not in (select t.import_id from timeless as t) then cast(date_part('hour', l.happened_at) as smallint)
    end as hour,
    false as is_known,
    cast(null as smallint) as days
from ledger as l
inner join slices as s
    on
        s.store_id = :store_id and s.clock = 'both' and l.currency = s.currency and l.channel = s.channel
        and l.country = s.country
left join numbered_aliases as n on l.alias_id = n.alias_id
where
    l.store_id = :store_id and l.entry <> 'reversal'
    and (cast(:everything as boolean) or l.ordered_on = any(cast(:days as date[])));
with taken_back as (
    select
        l.*,
        l.kind = 'return' and l.product_key is not null and coalesce(o.kind, '') = 'order' as is_known,
        case when not r.is_date_assumed then l.booked_on - l.ordered_on end as days
    from ledger as l
    inner join reversals as r
        on l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no and not r.is_superseded
    left join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
    where
        l.store_id = :store_id and l.entry = 'reversal'
        and (
            cast(:everything as boolean) or l.ordered_on = any(cast(:days as date[]))
            or l.booked_on = any(cast(:days as date[]))
        )
)

insert into dated_ledger
select
    s.slice_no,
    c.day,
    l.entry, l.kind, l.line_kind,
    l.line_kind = 'product' as is_product,
    false as is_sold,
    hashtextextended(l.sold_in, 0) as order_no,
    null as customer,
    n.product_no, n.category_no, n.vendor_no,
    cast(l.units * 10000 as bigint) as units,
    cast(l.amount * 10000 as bigint) as amount,
    cast(l.discount * 10000 as bigint) as discount,
    cast(l.cost * 10000 as bigint) as cost,
    case
        when l.import_id in (select t.import_id from timeless as t) then null
        when l.booked_on = l.ordered_on then cast(date_part('hour', l.happened_at) as smallint)
        else -1
    end as hour,
    l.is_known,
    cast(l.days as smallint) as days
from taken_back as l
cross join lateral (values ('order_date', l.ordered_on), ('refund_date', l.booked_on)) as c (clock, day)
inner join slices as s
    on
        s.store_id = :store_id and c.clock = s.clock and l.currency = s.currency and l.channel = s.channel
        and l.country = s.country
inner join numbered_aliases as n on coalesce(l.alias_id, 0) = n.alias_id
where cast(:everything as boolean) or c.day = any(cast(:days as date[]));
analyze dated_ledger;
