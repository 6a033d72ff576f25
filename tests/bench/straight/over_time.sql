-- Net sales of five categories or brands by day, straight from the ledger.
select
    $value as value,
    currency,
    $day as day,
    sum(case entry when 'reversal' then -amount else amount - discount end) as net_sales
from ledger
where $where and line_kind = 'product' and $value in ($five)
group by 1, 2, 3
