"""Products summed up by periods of several lengths, brands beside categories, and summaries that take less room."""

from alembic import op

revision = "0006"
down_revision = "0005"

# How long the periods of a slice are: those of all channels or of all countries are summed up by longer ones only.
SLICES = """
delete from slices where channel is null or country is null;
alter table slices add column grain text not null default 'day' check (grain in ('day', 'month', 'quarter', 'year'));
alter table slices drop constraint slices_store_id_clock_currency_channel_country_key;
alter table slices
    add constraint slices_all unique nulls not distinct (store_id, clock, currency, channel, country, grain);
"""

# Goods by longer periods than days: products in slices of all channels by month and year, in those of one channel by quarter
# and year; categories and brands in slices of one country by month. What is not there takes no room: a discount, a cost and
# an uncovered amount of 0 are null. `uncovered` is what sold at unknown cost.
GOODS = """
drop table sales_products_monthly, sales_categories_monthly;
create table sales_goods_periods (
    slice_no integer not null,
    period date not null,
    value_no integer not null,
    orders integer not null,
    units bigint not null,
    amount bigint not null,
    discount bigint,
    uncovered bigint,
    cost bigint
);
create index sales_goods_periods_slice on sales_goods_periods (slice_no, period);

alter table sales_products_daily alter column discount drop not null;
"""

# When an entry happened, and the order in which it was sold, which for what was taken back may be another one; the view knows
# both already and says them here.
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
    o.import_id
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
    o.import_id
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
    o.import_id
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
    import_id
from entries
where counts;
"""

# Orders, units and net sales by the hour of the sale, in slices of one channel; the hour is null where files print none.
HOURS = """
create table sales_hours_daily (
    slice_no integer not null,
    day date not null,
    hour smallint,
    orders integer not null,
    units bigint not null,
    net bigint not null
);
create index sales_hours_daily_slice on sales_hours_daily (slice_no, day);
"""

# An index of equal keys takes a third of one that tells every row apart. Of customers' orders a refresh reads all, which is
# quicker than to keep an index of them at every import.
SMALLER = """
drop index sales_categories_daily_value;
create index sales_categories_daily_value on sales_categories_daily (value_no, day);
alter table sales_orders drop column customer;
alter table sales_orders add column customer bigint;
"""

# They are all made anew by what this program says that they hold.
ALL = """
truncate sales_daily, sales_monthly, sales_products_daily, sales_categories_daily, sales_orders,
    sales_documents_daily, sales_customers_daily
"""


def upgrade() -> None:
    op.execute(SLICES)
    op.execute(GOODS)
    op.execute(ENTRIES.format(left_out=LEFT_OUT))
    op.execute(LEDGER)
    op.execute(HOURS)
    op.execute(SMALLER)
    op.execute(ALL)
