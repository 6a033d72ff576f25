-- The days to be summed up anew: those on which sales or costs were touched, and those on which something belongs to a refund of
-- an order placed on one of them, as the fees stand now and as they were summed up.
create temp table if not exists touched (day date primary key) on commit drop;
create temp table if not exists costs_touched (day date primary key) on commit drop;
create temp table contribution_days on commit drop as
select day
from touched
union
select day
from costs_touched;
-- whether they are so many that it is quicker to sum up all of a store's days
create temp view contribution_most as
select (select count(*) from contribution_days) * 3 > coalesce(max(c.last_day) - min(c.first_day), 0) + 31 as is_most
from slices as s
cross join lateral (
    select
        min(d.day) as first_day,
        max(d.day) as last_day
    from contribution_daily as d
    where d.slice_no = s.slice_no
) as c
where s.store_id = :store_id;
insert into contribution_days (day)
select f.happened_on
from fees_counted as f
inner join orders as o on f.store_id = o.store_id and f.order_key = o.order_key
where
    f.store_id = :store_id and f.is_refund and not cast(:everything as boolean)
    and not (select m.is_most from contribution_most as m)
    and o.ordered_on in (select d.day from contribution_days as d)
union
select k.day
from contribution_orders as k
where
    not cast(:everything as boolean)
    and not (select m.is_most from contribution_most as m)
    and k.order_key in (
        select p.order_key
        from contribution_orders as p
        where
            p.slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
            and p.day in (select d.day from contribution_days as d)
    )
    and k.slice_no in (select s.slice_no from slices as s where s.store_id = :store_id and s.clock = 'refund_date')
    and (k.payment_fee, k.marketplace_fee, k.fulfilment_fee, k.label, k.pick_pack, k.return_label) is distinct from
    (null, null, null, null, null, null);
analyze contribution_days;
select
    cast(:everything as boolean) or m.is_most as is_most,
    cast(:everything as boolean) or exists (select 1 from contribution_days) as is_any
from contribution_most as m
