-- What was taken back behind a number of returns (:metric), of some products (null: all) or one kind ('': all): one row a
-- currency, marked is_total, with how many reversals and orders there are and their sum, then the reversals with what each
-- adds, the newest first, at most :most of them (null: all). Returned is what came_back counts; an order that counts once
-- stands with its first reversal. A reversal that other files tell of than the order's own names all of them.
with taken as (
    select
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        l.store_id,
        l.order_key,
        l.line_no,
        l.sold_in,
        l.product_key,
        l.ordered_on,
        l.booked_on,
        l.currency,
        l.channel,
        l.country,
        l.kind,
        l.units,
        l.amount,
        l.kind = 'return' and l.product_key is not null and o.kind = 'order' as is_known
    from ledger as l
    left join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
    where
        l.entry = 'reversal' and l.line_kind = 'product'
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (:basis = 'refund_date' or cast(:start as date) is null or l.ordered_on >= :start)
        and (:basis = 'refund_date' or cast(:stop as date) is null or l.ordered_on < :stop)
        and (:basis = 'order_date' or cast(:start as date) is null or l.booked_on >= :start)
        and (:basis = 'order_date' or cast(:stop as date) is null or l.booked_on < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or coalesce(l.category, '') = any(cast(:categories as text[])))
        and (cast(:products as text[]) is null or l.product_key = any(cast(:products as text[])))
        and (:kind = '' or l.kind = :kind)
        and (cast(:currency as text) is null or l.currency = :currency)
),

converted as (
    select
        t.*,
        coalesce(cast(:into as text), t.currency) as shown_in,
        t.amount * coalesce(r.rate, 1) as worth,
        row_number() over (partition by t.store_id, t.sold_in, t.is_known order by t.booked_on, t.line_no) as at
    from taken as t
    left join exchange_rates as r
        on
            t.currency <> :into and t.currency = r.currency and r.into_currency = :into
            and t.day >= r.valid_from and t.day < r.valid_to
    where cast(:into as text) is null or t.currency = :into or r.rate is not null
),

weighed as (
    select
        *,
        case cast(:metric as text)
            when 'taken_back_of_goods' then worth
            when 'value_of_returns' then case when kind = 'return' then worth end
            when 'value_without_lines' then case when kind = 'return' and not is_known then worth end
            when 'value_of_unknown_kind' then case when kind = 'unknown' then worth end
            when 'value_with_units' then case when is_known and units is not null then worth end
            when 'units_of_returns' then case when is_known then units end
            when 'orders_with_return' then case when is_known and at = 1 then 1 end
            else case when is_known then worth end
        end as adds
    from converted
),

listed as (
    select *
    from weighed
    where adds is not null
    order by booked_on desc, sold_in desc, line_no
    limit cast(:most as bigint)
)

select
    true as is_total,
    count(*) as lines,
    count(distinct row(store_id, sold_in)) as orders,
    sum(adds) as amount,
    null as taken_back,
    null as order_name,
    null as order_key,
    null as store,
    cast(null as date) as ordered_on,
    cast(null as date) as booked_on,
    null as kind,
    null as sku,
    null as title,
    null as units,
    null as reason,
    null as condition,
    null as inferred_from,
    null as is_date_assumed,
    null as document,
    null as file,
    null as channel,
    null as country,
    shown_in as currency
from weighed
where adds is not null
group by shown_in
union all
select
    false as is_total,
    1 as lines,
    1 as orders,
    l.adds as amount,
    l.worth as taken_back,
    coalesce(o.order_name, d.order_name) as order_name,
    coalesce(o.order_key, d.order_key) as order_key,
    s.name as store,
    l.ordered_on,
    l.booked_on,
    l.kind,
    coalesce(p.sku, a.sku) as sku,
    coalesce(a.title, p.title) as title,
    l.units,
    r.reason,
    r.condition,
    r.inferred_from,
    r.is_date_assumed,
    case when d.order_key <> o.order_key then d.order_name end as document,
    case r.source when 'order' then m.file else told.files end as file,
    l.channel,
    l.country,
    l.shown_in as currency
from listed as l
inner join stores as s on l.store_id = s.store_id
inner join orders as d on l.store_id = d.store_id and l.order_key = d.order_key
inner join imports as m on d.import_id = m.import_id
inner join reversals as r
    on l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no and not r.is_superseded
left join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
left join product_aliases as a on r.store_id = a.store_id and r.alias_id = a.alias_id
left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
left join lateral (
    select string_agg(distinct f.file, ', ' order by f.file) as files
    from (
        select i.import_id
        from returns as b
        inner join import_images as i
            on b.store_id = i.store_id and i.kind = 'returns' and b.return_key = i.key and i.is_current
        where r.source = 'settled' and b.store_id = d.store_id and b.order_name = d.order_name
        union all
        select i.import_id
        from transactions as t
        inner join import_images as i
            on t.store_id = i.store_id and i.kind = 'transactions' and t.transaction_key = i.key and i.is_current
        where
            r.source = 'settled' and t.store_id = d.store_id and t.order_name = d.order_name
            and t.kind in ('refund', 'chargeback')
        union all
        select d.import_id
        where r.is_date_assumed
    ) as known
    inner join imports as f on known.import_id = f.import_id
) as told on true
order by is_total desc, booked_on desc, order_name desc, title
