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

# What kind of cost a fee is, by the words of the file that has it. A fee beside a payment is that of the payment, but where a
# marketplace takes one fee for all it does. Words are looked at from the rarest to the commonest: what nothing tells of is a fee
# of the payment's provider or of the marketplace.
COST_KINDS = """
create function cost_kind_of(source text, kind text, what text) returns text
language sql immutable parallel safe as $$
    select case
        when source = 'carrier' then case when what ~* 'return' then 'return_label' else 'label' end
        when kind <> 'fee' then case when source = 'ebay_transactions' then 'marketplace_fee' else 'payment_fee' end
        when what ~* 'advertis|offsite ads|etsy ads|^marketing|promoted|\\mad fee|werbe|publicit|pubblicit|anzeigen' then 'advertising'
        when what ~* '(return|retoure).*(label|postage|shipping|porto)|(label|postage|porto).*(return|retoure)' then 'return_label'
        when what ~* 'label|postage|shipping services|versandetikett' then 'label'
        when
            what ~* 'storage|subscription|removal|disposal|inbound|placement|lagergeb|de stock|stockage|stoccaggio|inventario|almacen'
            or what ~* 'abonnement|abbonamento|suscripci|inventory fee|deposit fee|deal fee|\\mvine\\M'
            then 'other_fee'
        when what ~* 'payment|processing|\\mcod|dispute|chargeback fee|conversion|zahlungs|paiement|pagamento' then 'payment_fee'
        when
            what ~* '\\mfba|fulfil|pick.{1,5}pack|weight.?based|shippingchargeback|shippinghb'
            or what ~* 'durch amazon|par amazon|logistica di amazon|logística de amazon'
            then 'fulfilment_fee'
        when source in ('shopify_payments', 'paypal', 'stripe_balance', 'stripe_payments') then 'payment_fee'
        else 'marketplace_fee'
    end
$$
"""

# What payments, marketplaces and carriers charged, one row a transaction that has it: a positive amount is a cost, 0 a payment
# that is known to have cost nothing. What a refund gave back of fees, or cost anew, is_refund; an order is named as its file
# names it, or is null. What a provider passes on of a fee's tax is part of the fee.
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
    t.gateway,
    t.group_key,
    cost_kind_of(t.source, t.kind, t.what) as cost_kind,
    t.kind in ('refund', 'chargeback')
    or (
        t.kind = 'fee'
        and coalesce(t.what, '')
        ~* '(^| / )(refund|erstattung|remboursement|rimborso|reembolso|chargeback|dispute|a-to-z|credit for)|return|retoure'
    ) as is_refund,
    case when t.kind = 'fee' then coalesce(t.fee, 0) - t.amount else t.fee end as amount
from transactions as t
where t.kind = 'fee' or t.fee <> 0 or (t.kind in ('sale', 'refund', 'chargeback') and t.fee = 0)
"""

# The fees that count, each with its order where a file has it. Where two files tell of the same money the one nearer to the bank
# does: a settlement before the date range report, Stripe's balance before its payments, Shopify's payout of a PayPal payment
# before PayPal. Money of different providers adds up. A provider may print an order without the # that the shop puts before it.
FEES_COUNTED = """
create view fees_counted with (security_invoker = true) as
select
    f.store_id,
    f.order_key,
    f.order_name,
    f.ordered_on,
    f.order_currency,
    f.sku,
    f.cost_kind,
    f.is_refund,
    cast(f.happened_at as date) as happened_on,
    f.currency,
    f.amount,
    f.source,
    f.transaction_key
from (
    select
        f.*,
        o.order_key,
        o.ordered_on,
        o.currency as order_currency
    from fees as f
    inner join orders as o on f.store_id = o.store_id and f.order_name = o.order_name and o.kind = 'order'
    union all
    select
        f.*,
        o.order_key,
        o.ordered_on,
        o.currency as order_currency
    from fees as f
    left join orders as o on f.store_id = o.store_id and '#' || f.order_name = o.order_name and o.kind = 'order'
    where
        not exists (
            select 1
            from orders as e
            where e.store_id = f.store_id and e.order_name = f.order_name and e.kind = 'order'
        )
) as f
where
    f.source not in ('amazon_transactions', 'stripe_payments', 'paypal')
    or not (
        exists (
            select 1
            from fees as n
            where
                n.store_id = f.store_id and n.order_name = f.order_name and n.currency = f.currency
                and n.cost_kind = f.cost_kind and n.is_refund = f.is_refund
                and case f.source
                    when 'amazon_transactions' then n.source = 'amazon_settlement'
                    when 'stripe_payments' then n.source = 'stripe_balance'
                    else n.source = 'shopify_payments' and n.gateway ilike '%paypal%'
                end
        )
        or (
            f.source = 'amazon_transactions'
            and exists (
                select 1
                from transactions as n
                where n.store_id = f.store_id and n.group_key = f.group_key and n.source = 'amazon_settlement'
            )
        )
    )
"""
GROUPS = "create index transactions_group on transactions (store_id, group_key)"

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
    op.execute(COST_KINDS)
    op.execute(GROUPS)
    op.execute(FEES)
    op.execute(FEES_COUNTED)
    op.execute(ADS)
