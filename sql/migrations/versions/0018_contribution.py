"""Contribution: what is left of sales after goods, sending, fees, summed up by day, product and order."""

from alembic import op

revision = "0018"
down_revision = "0017"

# What a piece costs until it lies on the shelf: beside its price, its part of freight and duty.
COSTS = """
alter table product_costs
    add column freight numeric not null default 0 check (freight >= 0),
    add column duty numeric not null default 0 check (duty >= 0)
"""

LEFT_OUT = "o.store_id = any(array(select s.store_id from stores as s where s.leaves_cancelled_out))"

ENTRIES = """
create or replace view entries with (security_invoker = true) as
select
    i.store_id,
    'sale' as entry,
    '' as kind,
    case when p.is_gift_card and i.kind = 'product' then 'gift_card' else i.kind end as line_kind,
    i.order_key,
    i.line_no,
    i.alias_id,
    a.product_key,
    i.sold_at::date as ordered_on,
    i.sold_at::date as booked_on,
    o.currency,
    o.channel,
    o.country,
    o.customer_key,
    i.units,
    i.unit_price,
    i.amount,
    i.discount,
    c.unit_cost * i.units as cost,
    o.is_counted and (o.cancelled_on is null or not {left_out}) as counts,
    p.category,
    p.vendor,
    o.ordered_on as placed_on,
    i.sold_at as happened_at,
    i.order_key as sold_in,
    o.import_id,
    (c.unit_cost + c.freight + c.duty) * i.units as landed_cost
from order_items as i
inner join orders as o on i.store_id = o.store_id and i.order_key = o.order_key
inner join product_aliases as a on i.store_id = a.store_id and i.alias_id = a.alias_id
inner join products as p on a.store_id = p.store_id and a.product_key = p.product_key
left join product_costs as c
    on
        a.store_id = c.store_id and a.product_key = c.product_key and o.currency = c.currency
        and i.sold_at::date >= c.covers_from and i.sold_at::date < c.covers_to
union all
select
    o.store_id,
    'charge' as entry,
    '' as kind,
    charge.line_kind,
    o.order_key,
    null as line_no,
    null as alias_id,
    null as product_key,
    o.ordered_on,
    o.ordered_on as booked_on,
    o.currency,
    o.channel,
    o.country,
    o.customer_key,
    null as units,
    null as unit_price,
    charge.amount,
    0 as discount,
    null as cost,
    o.is_counted and (o.cancelled_on is null or not {left_out}) as counts,
    null as category,
    null as vendor,
    o.ordered_on as placed_on,
    null as happened_at,
    o.order_key as sold_in,
    o.import_id,
    null as landed_cost
from orders as o
cross join lateral (
    values
    -- an order that came back whole was not one of nothing
    (case when o.document_total = 0 and o.refunded = 0 then 'zero_order' else 'order' end, 0),
    ('shipping', o.shipping), ('tax', o.tax), ('duties', o.duties)
) as charge (line_kind, amount)
where charge.amount <> 0 or (charge.line_kind in ('order', 'zero_order') and o.kind = 'order')
union all
select
    r.store_id,
    'reversal' as entry,
    r.kind,
    case when p.is_gift_card and r.line_kind = 'product' then 'gift_card' else r.line_kind end as line_kind,
    r.order_key,
    r.part_no as line_no,
    r.alias_id,
    a.product_key,
    r.ordered_on,
    r.booked_at::date as booked_on,
    o.currency,
    o.channel,
    o.country,
    o.customer_key,
    r.units,
    r.unit_price,
    r.amount,
    0 as discount,
    c.unit_cost * case when r.is_restocked then coalesce(r.units, 0) else 0 end as cost,
    o.is_counted and (o.cancelled_on is null or not {left_out}) as counts,
    p.category,
    p.vendor,
    o.ordered_on as placed_on,
    r.booked_at as happened_at,
    coalesce(r.original_order_key, r.order_key) as sold_in,
    o.import_id,
    (c.unit_cost + c.freight + c.duty) * case when r.is_restocked then coalesce(r.units, 0) else 0 end as landed_cost
from reversals as r
inner join orders as o on r.store_id = o.store_id and r.order_key = o.order_key
left join product_aliases as a on r.store_id = a.store_id and r.alias_id = a.alias_id
left join products as p on a.store_id = p.store_id and a.product_key = p.product_key
left join product_costs as c
    on
        a.store_id = c.store_id and a.product_key = c.product_key and o.currency = c.currency
        and r.ordered_on >= c.covers_from and r.ordered_on < c.covers_to
where not r.is_superseded;
"""

LEDGER = """
create or replace view ledger with (security_invoker = true) as
select
    store_id,
    entry,
    kind,
    line_kind,
    order_key,
    line_no,
    alias_id,
    product_key,
    ordered_on,
    booked_on,
    currency,
    channel,
    country,
    customer_key,
    units,
    unit_price,
    amount,
    discount,
    cost,
    category,
    vendor,
    placed_on,
    happened_at,
    sold_in,
    import_id,
    landed_cost
from entries
where counts;
"""

# The part of an amount that lies between two places of a whole: whole coins, and all parts together are the amount.
PART_OF = """
create function part_of(amount numeric, since numeric, till numeric, whole numeric, digits integer) returns numeric
language sql immutable parallel safe
return case when till = whole then amount else round(amount * till / whole, digits) end - round(amount * since / whole, digits)
"""

# The stores that are told of any cost, and of which: of selling (payments, marketplaces), of sending, and of the carriage of
# parcels, without which what packing costs says nothing of sending. A row of the summaries is a slice, a day, and `known`, a sum
# of what is: 1 the cost of the goods, 2 the fees of selling, 4 the cost of sending; the day is that of the sale under the clock
# 'both' and of what was taken back under the other two. Amounts are in 1/10,000, those of no amount null; `estimated` is the
# part of the costs that rules say.
# Periods hold products by month and year over all channels, and by year of each channel; what a refresh changes is added to them
# as rows of its own, so that a period is the sum of its rows.
SUMMARIES = """
create table contribution_stores (
    store_id integer primary key references stores,
    has_selling boolean not null,
    has_sending boolean not null,
    has_carriage boolean not null
);

create table contribution_daily (
    slice_no integer not null,
    day date not null,
    known smallint not null,
    net bigint,
    landed_cost bigint,
    shipping bigint,
    label bigint,
    return_label bigint,
    pick_pack bigint,
    fulfilment_fee bigint,
    payment_fee bigint,
    marketplace_fee bigint,
    estimated bigint
);
create index contribution_daily_slice on contribution_daily (slice_no, day);

create table contribution_products_daily (
    slice_no integer not null,
    day date not null,
    value_no integer not null,
    known smallint not null,
    net bigint,
    landed_cost bigint,
    shipping bigint,
    label bigint,
    return_label bigint,
    pick_pack bigint,
    fulfilment_fee bigint,
    payment_fee bigint,
    marketplace_fee bigint,
    estimated bigint
);
create index contribution_products_daily_slice on contribution_products_daily (slice_no, day);

create table contribution_periods (
    slice_no integer not null,
    period date not null,
    value_no integer not null,
    known smallint not null,
    net bigint,
    landed_cost bigint,
    shipping bigint,
    label bigint,
    return_label bigint,
    pick_pack bigint,
    fulfilment_fee bigint,
    payment_fee bigint,
    marketplace_fee bigint,
    estimated bigint
);
create index contribution_periods_slice on contribution_periods (slice_no, period);

create table contribution_orders (
    slice_no integer not null,
    day date not null,
    order_key text collate "C" not null,
    known smallint not null,
    net bigint,
    landed_cost bigint,
    shipping bigint,
    label bigint,
    return_label bigint,
    pick_pack bigint,
    fulfilment_fee bigint,
    payment_fee bigint,
    marketplace_fee bigint,
    estimated bigint
);
create index contribution_orders_slice on contribution_orders (slice_no, day);
create index contribution_orders_key on contribution_orders (order_key);

create table contribution_fees_daily (
    store_id integer not null references stores,
    day date not null,
    currency text not null,
    cost_kind text not null,
    amount bigint not null
);
create index contribution_fees_daily_day on contribution_fees_daily (store_id, day);
"""


def upgrade() -> None:
    op.execute(COSTS)
    op.execute(ENTRIES.format(left_out=LEFT_OUT))
    op.execute(LEDGER)
    op.execute(PART_OF)
    op.execute(SUMMARIES)
