"""What profit is made of beside sales: rules of costs, weights, payment methods, fees as facts, and ad spend."""

from alembic import op

revision = "0016"
down_revision = "0015"

# A rule says what an order costs where no file has a line: the most specific one of a kind holds. `share` is of what the buyer
# paid. Weights are in grams. A condition that is null is none.
RULES = """
create table cost_rules (
    store_id integer not null references stores,
    rule_no integer generated always as identity,
    cost_kind text not null check (
        cost_kind in ('payment_fee', 'marketplace_fee', 'fulfilment_fee', 'label', 'pick_pack')
    ),
    valid_from date not null default date '0001-01-01',
    channel text,
    country text,
    payment_method text,
    weight_from numeric,
    weight_to numeric,
    per_order numeric not null default 0 check (per_order >= 0),
    per_unit numeric not null default 0 check (per_unit >= 0),
    share numeric not null default 0 check (share >= 0 and share <= 1),
    currency text not null,
    primary key (store_id, rule_no)
);

alter table products add column weight_grams numeric;
alter table orders add column payment_method text;
"""

# What payments, marketplaces and carriers charged, one row a transaction that has it: a positive amount is a cost. What a
# refund gave back of fees, or cost anew, is_refund; an order is named as its platform names it, or is null.
FEES = """
create view fees with (security_invoker = true) as
select
    t.store_id,
    t.transaction_key,
    t.source,
    t.order_name,
    t.sku,
    t.what,
    t.happened_at,
    t.currency,
    case
        when t.kind <> 'fee' then 'payment_fee'
        when t.source = 'carrier' then 'label'
        when t.what ilike '%advertising%' then 'advertising'
        when t.what ilike '%fba%' then 'fulfilment_fee'
        else 'marketplace_fee'
    end as cost_kind,
    t.kind = 'refund' as is_refund,
    case when t.kind = 'fee' then -t.amount else t.fee end as amount
from transactions as t
where t.kind = 'fee' or t.fee <> 0
"""

# A row is what a campaign spent from its first day to its last: a day, or a longer period that a report does not tell apart,
# which is never spread. `level` is what a row of the report is; of one campaign and day only one level counts. `left_out` says
# why a row does not: it is a part of others (search terms), its days are told by rows of days, a newer export covers them, a
# higher level tells them, or campaigns do. It is worked out anew from all that is known whenever rows come or go.
ADS = """
create table ad_spend (
    store_id integer not null references stores,
    spend_key text collate "C" not null,
    source text not null,
    platform text not null check (platform in ('google', 'meta', 'amazon', 'microsoft', 'tiktok', 'other')),
    account text,
    level text not null check (level in ('account', 'campaign', 'ad_group', 'ad', 'product', 'search_term')),
    campaign_id text,
    campaign text not null,
    part text,
    sku text,
    first_day date not null,
    last_day date not null,
    currency text not null,
    spend numeric not null,
    impressions numeric,
    clicks numeric,
    conversions numeric,
    attributed_revenue numeric,
    attribution text,
    left_out text check (left_out in ('part', 'days', 'newer', 'level', 'campaigns')),
    primary key (store_id, spend_key),
    check (first_day <= last_day)
);
create index ad_spend_day on ad_spend (store_id, first_day);

create view ad_spend_counted with (security_invoker = true) as
select *
from ad_spend
where left_out is null
"""


def upgrade() -> None:
    op.execute(RULES)
    op.execute(FEES)
    op.execute(ADS)
