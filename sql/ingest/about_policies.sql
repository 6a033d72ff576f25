-- How products are replenished belongs to no day and no currency.
select
    cast(null as date) as first_day,
    cast(null as date) as last_day,
    cast(null as varchar) as currency
