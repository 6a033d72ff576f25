-- One row a currency: what payments and marketplaces charged for orders of the days whose fees are known, by files or
-- rules, and what these orders brought for goods and shipping, so that the share of a price that goes to fees can be
-- told. In 1/10,000.
select
    s.currency,
    sum(coalesce(d.payment_fee, 0) + coalesce(d.marketplace_fee, 0)) as fees,
    sum(coalesce(d.net, 0) + coalesce(d.shipping, 0)) as amount
from slices as s
inner join contribution_daily as d on s.slice_no = d.slice_no
where
    s.clock = 'both' and s.grain = 'day' and d.known & 2 <> 0
    and d.day >= :start and d.day < :stop
    and (cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[])))
    and (cast(:channels as text[]) is null or s.channel = any(cast(:channels as text[])))
    and (cast(:countries as text[]) is null or s.country = any(cast(:countries as text[])))
    and (cast(:currency as text) is null or s.currency = :currency)
group by s.currency
order by s.currency
