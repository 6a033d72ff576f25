"""What kind of cost a fee is, kept beside it."""

from alembic import op

revision = "0021"
down_revision = "0020"

# Told from a row's words once, when it is written: to read them of every row again at every question takes seconds. Other words
# need the columns made anew.
KINDS = """
alter table transactions
    add column cost_kind text generated always as (cost_kind_of(source, kind, what)) stored,
    add column is_at_refund boolean generated always as (
        kind in ('refund', 'chargeback')
        or (
            kind = 'fee'
            and coalesce(what, '')
            ~* '(^| / )(refund|erstattung|remboursement|rimborso|reembolso|chargeback|dispute|a-to-z|credit for)|return|retoure'
        )
    ) stored;
create or replace view fees with (security_invoker = true) as
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
    t.cost_kind,
    t.is_at_refund as is_refund,
    case when t.kind = 'fee' then coalesce(t.fee, 0) - t.amount else t.fee end as amount
from transactions as t
where t.kind = 'fee' or t.fee <> 0 or (t.kind in ('sale', 'refund', 'chargeback') and t.fee = 0)
"""


def upgrade() -> None:
    op.execute(KINDS)
