-- The old inventory export has a column a location: turn it into a row a location, as the newer ones are.
create or replace table cells_by_location as
select
    record,
    is_blank,
    handle,
    title,
    option1,
    option2,
    option3,
    sku,
    hs_code,
    coo,
    trim(name) as location,
    cast(null as varchar) as incoming,
    cast(null as varchar) as unavailable,
    cast(null as varchar) as committed,
    value as available,
    cast(null as varchar) as on_hand
from source unpivot include nulls (value for name in (columns('^location: ')));

create or replace view source as
select * from cells_by_location;
