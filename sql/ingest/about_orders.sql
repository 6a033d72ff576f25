-- What a user should know about a file of orders.
select
    (select min(ordered_on) from orders_new) as first_day,
    (select max(ordered_on) from orders_new) as last_day,
    (select coalesce(bool_or(sold_at <> date_trunc('day', sold_at)), false) from items_new) as prints_times,
    (
        select currency
        from orders_new
        group by currency
        order by count(*) desc, min(ordered_on) asc, currency asc
        limit 1
    ) as currency,
    (select count(distinct currency) from orders_new) as currencies,
    (select count(unreconciled) from orders_new) as unreconciled,
    (select count(*) from orders_new where prices_include_tax) as tax_included,
    (select count(distinct order_key) from reversals_new where is_date_assumed) as undated_refunds,
    (select count(*) from reversals_new where kind = 'cancellation' and original_order_key is null and units is not null)
        as unmatched_reversals,
    (select count(*) from file_notices where notice = 'rounded_ids') as rounded_ids,
    coalesce((select sum(value) from file_notices where notice = 'same_lines'), 0) as same_lines
