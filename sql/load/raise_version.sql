update stores
set
    data_version = data_version + 1,
    currency = coalesce(currency, nullif(:currency, 'XXX'))
where store_id = :store_id
returning data_version
