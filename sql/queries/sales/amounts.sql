-- One row a currency: the sums of the scope from the daily summary, amounts in the currency. Filtered by category the
-- facts answer instead (category_amounts), because an order's shipping and tax belong to no category.
with scoped as (
    select *
    from sales_daily
    where
        (cast(:store_id as integer) is null or store_id = :store_id)
        and clock in ('both', :basis)
        and (cast(:start as date) is null or day >= :start)
        and (cast(:stop as date) is null or day < :stop)
        and (cast(:channels as text []) is null or channel = any(cast(:channels as text [])))
        and (cast(:countries as text []) is null or country = any(cast(:countries as text [])))
        and (cast(:currency as text) is null or currency = :currency)
)

select
    currency,
    coalesce(sum(amount) filter (where entry = 'sale' and line_kind = 'product'), 0) / 10000.0 as gross_sales,
    (
        coalesce(sum(discount) filter (where entry = 'sale' and line_kind = 'product'), 0)
        - coalesce(sum(amount - discount) filter (where entry = 'sale' and line_kind = 'discount'), 0)
        + coalesce(sum(amount) filter (where entry = 'reversal' and line_kind = 'discount'), 0)
    ) / 10000.0 as discounts,
    coalesce(sum(amount) filter (where entry = 'reversal' and line_kind = 'product'), 0) / 10000.0 as reversals,
    coalesce(sum(amount - discount) filter (where entry <> 'reversal' and line_kind = 'shipping'), 0) / 10000.0
        as charged_shipping,
    coalesce(sum(amount) filter (where entry = 'reversal' and line_kind = 'shipping'), 0) / 10000.0 as refunded_shipping,
    coalesce(sum(amount - discount) filter (where entry <> 'reversal' and line_kind = 'tax'), 0) / 10000.0 as charged_tax,
    coalesce(sum(amount) filter (where entry = 'reversal' and line_kind = 'tax'), 0) / 10000.0 as refunded_tax,
    coalesce(sum(amount - discount) filter (where entry <> 'reversal' and line_kind = 'duties'), 0) / 10000.0
        as charged_duties,
    coalesce(sum(amount) filter (where entry = 'reversal' and line_kind = 'duties'), 0) / 10000.0 as refunded_duties,
    coalesce(sum(amount - discount) filter (where entry <> 'reversal' and line_kind = 'fee'), 0) / 10000.0 as charged_fees,
    coalesce(sum(amount) filter (where entry = 'reversal' and line_kind = 'fee'), 0) / 10000.0 as refunded_fees,
    coalesce(sum(case entry when 'reversal' then -amount else amount - discount end) filter (where line_kind = 'tip'), 0)
    / 10000.0 as tips,
    coalesce(
        sum(case entry when 'reversal' then -amount else amount - discount end) filter (where line_kind = 'gift_card'), 0
    ) / 10000.0 as gift_cards,
    coalesce(
        sum(case entry when 'reversal' then -amount else amount - discount end)
            filter (
                where line_kind in ('manual', 'sample', 'bad_debt', 'bank_charge', 'marketplace_fee', 'commission')
            ), 0
    ) / 10000.0 as adjustments,
    coalesce(sum(rows) filter (where entry = 'charge' and line_kind in ('order', 'zero_order')), 0) as orders,
    coalesce(sum(rows) filter (where entry = 'charge' and line_kind = 'zero_order'), 0) as zero_total_orders,
    coalesce(sum(units) filter (where entry = 'sale' and line_kind = 'product'), 0) as units,
    coalesce(sum(units) filter (where entry = 'reversal' and line_kind = 'product'), 0) as units_returned,
    coalesce(sum(case entry when 'reversal' then -covered else covered end), 0) / 10000.0 as covered_net_sales,
    coalesce(sum(case entry when 'reversal' then -cost else cost end), 0) / 10000.0 as cost_of_goods_sold
from scoped
group by currency
order by gross_sales desc, currency
