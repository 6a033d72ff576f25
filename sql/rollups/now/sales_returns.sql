-- One row an entry that took back goods, in the slices of both clocks. It is known if it is a return of a product of an order
-- that a file has.
create temp view sales_returns_now as
select
    slice_no, day, product_no as value_no, days, is_known, order_no, units, amount, kind
from dated_ledger
where entry = 'reversal' and is_product
