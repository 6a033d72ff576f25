update stores
set
    week_start = :week_start,
    fiscal_year_start = :fiscal_year_start,
    countries = cast(:countries as text[])
where store_id = :store_id
