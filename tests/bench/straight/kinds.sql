-- The steps of the bridge, straight from the ledger.
select
    currency,
    entry,
    kind,
    line_kind,
    sum(case entry when 'reversal' then -amount else amount - discount end) as net
from ledger
where $where
group by currency, entry, kind, line_kind
