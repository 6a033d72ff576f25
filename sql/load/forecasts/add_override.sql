insert into forecast_overrides (
    store_id, measure, level, series_key, location_key, currency, first_day, last_day, kind, value, reason, made_by
)
values (
    :store_id,
    :measure,
    :level,
    :series_key,
    :location_key,
    :currency,
    :first_day,
    :last_day,
    :kind,
    :value,
    :reason,
    :made_by
)
returning override_id
