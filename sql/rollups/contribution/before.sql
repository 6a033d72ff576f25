-- The touched days of products as they are before the refresh, to be taken off the periods; nothing where all days are summed up.
create temp table contribution_before on commit drop as
select
    slice_no,
    day,
    value_no,
    known,
    -net as net,
    -landed_cost as landed_cost,
    -shipping as shipping,
    -label as label,
    -return_label as return_label,
    -pick_pack as pick_pack,
    -fulfilment_fee as fulfilment_fee,
    -payment_fee as payment_fee,
    -marketplace_fee as marketplace_fee,
    -estimated as estimated
from contribution_products_daily
where
    not cast(:everything as boolean)
    and slice_no in (select s.slice_no from slices as s where s.store_id = :store_id)
    and day in (select d.day from contribution_days as d)
