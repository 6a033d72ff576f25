-- One row an entry that took back goods, in the slices of both clocks. It is known if it is a return of a product of an order
-- that a file has. Kinds are numbered from 1 in the order that stands here: a return is 1, one that nobody knows is 8.
create temp view sales_returns_now as
select
    slice_no,
    day,
    product_no as value_no,
    days,
    cast(
        array_position(
            array['return', 'cancellation', 'edit', 'goodwill', 'chargeback', 'shipping_refund', 'return_fee', 'unknown'], kind
        ) as smallint
    ) as kind_no,
    is_known,
    order_no,
    units,
    amount
from dated_ledger
where entry = 'reversal' and is_product
