-- One row for what was bought under: each discount code (way 'code'), discounts without a code ('automatic'), no discount
-- ('none'); or a day or product of one code (:code). The same as discounts/amounts, in the currency :into: the money of an
-- order is spread over its codes in its own coins, then each part has the rate of the day it counts on; what has none is out.
with placed as (
    select
        l.store_id,
        l.order_key,
        l.entry,
        l.line_kind,
        l.product_key,
        l.currency,
        l.channel,
        l.country,
        l.units,
        l.amount,
        l.discount,
        l.cost,
        o.discount_codes,
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day
    from ledger as l
    inner join orders as o on l.store_id = o.store_id and l.order_key = o.order_key
    where
        l.line_kind in ('product', 'discount')
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:code as text) is null or codes_of(o.discount_codes) @> array[lower(:code)])
),

scoped as (
    select
        l.*,
        p.sku,
        p.title,
        coalesce(r.rate, 1) as rate,
        codes_of(l.discount_codes) as codes
    from placed as l
    left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
    left join exchange_rates as r
        on
            l.currency <> :into and l.currency = r.currency and r.into_currency = :into
            and l.day >= r.valid_from and l.day < r.valid_to
    where
        (l.currency = :into or r.rate is not null)
        and (cast(:start as date) is null or l.day >= :start)
        and (cast(:stop as date) is null or l.day < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
),

spread as (
    select
        s.rate,
        s.entry,
        s.line_kind = 'product' as is_goods,
        s.cost is not null and s.line_kind = 'product' as is_covered,
        c.code,
        case
            when c.code is not null then 'code'
            when s.discount <> 0 or s.line_kind = 'discount' then 'automatic'
            when exists (
                select 1
                from order_items as i
                where
                    i.store_id = s.store_id and i.order_key = s.order_key
                    and (i.kind = 'discount' or (i.kind = 'product' and i.discount <> 0))
            ) then 'automatic'
            else 'none'
        end as way,
        case :dimension
            when 'day' then cast(s.day as text)
            when 'product' then s.product_key
            else c.code
        end as value,
        case when c.parts = 1 then btrim(s.discount_codes) end as printed,
        s.sku,
        s.title,
        case when c.parts > 1 then share_of(s.units, c.place, c.parts, 6) else s.units end as units,
        case when c.parts > 1 then share_of(s.amount, c.place, c.parts, digits_of(s.currency)) else s.amount end as amount,
        case when c.parts > 1 then share_of(s.discount, c.place, c.parts, digits_of(s.currency)) else s.discount end as discount,
        case when c.parts > 1 then share_of(s.cost, c.place, c.parts, digits_of(s.currency)) else s.cost end as cost
    from scoped as s
    left join lateral (
        select
            named.code,
            cast(named.place as integer) as place,
            cardinality(s.codes) as parts
        from unnest(s.codes) with ordinality as named (code, place)
    ) as c on true
    where cast(:code as text) is null or c.code = lower(:code)
),

-- after the spreading, so that each row's own amounts agree with one another
signed as (
    select
        way,
        value,
        entry,
        is_goods,
        is_covered,
        printed,
        sku,
        title,
        units,
        amount * rate as amount,
        discount * rate as discount,
        cost * rate as cost,
        case entry when 'reversal' then -amount else amount - discount end * rate as net
    from spread
)

select
    way,
    value,
    cast(:into as text) as currency,
    mode() within group (order by printed) as printed,
    case when :dimension = 'product' then max(sku) end as sku,
    case when :dimension = 'product' then max(title) end as title,
    coalesce(sum(amount) filter (where is_goods and entry = 'sale'), 0) as gross_sales,
    coalesce(sum(case when is_goods then discount else -net end) filter (where not is_goods or entry = 'sale'), 0)
        as discounts,
    coalesce(sum(amount) filter (where is_goods and entry = 'reversal'), 0) as reversals,
    coalesce(sum(net), 0) as net_sales,
    coalesce(sum(units) filter (where is_goods and entry = 'sale'), 0) as units,
    coalesce(sum(net) filter (where is_covered), 0) as covered_net_sales,
    coalesce(sum(discount) filter (where is_covered and entry = 'sale'), 0) as covered_discounts,
    coalesce(sum(case entry when 'reversal' then -cost else cost end) filter (where is_goods), 0) as cost_of_goods_sold
from signed
group by way, value
order by discounts desc, way, value
