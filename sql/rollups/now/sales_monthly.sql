-- The months of sales_daily.
create temp view sales_monthly_now as
select
    cast(date_trunc('month', day) as date) as month,
    clock,
    currency,
    channel,
    country,
    entry,
    kind,
    line_kind,
    whole_sum(rows) as rows,
    sum(units) as units,
    whole_sum(amount) as amount,
    whole_sum(discount) as discount,
    whole_sum(covered) as covered,
    whole_sum(cost) as cost
from sales_daily
where
    store_id = :store_id
    and (
        cast(:everything as boolean)
        or (day >= cast(:first_month as date) and day < cast(:after_month as date)
            and cast(date_trunc('month', day) as date) = any(cast(:months as date[])))
    )
group by cast(date_trunc('month', day) as date), clock, currency, channel, country, entry, kind, line_kind
