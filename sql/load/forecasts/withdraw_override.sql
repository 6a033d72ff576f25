update forecast_overrides
set withdrawn_at = now()
where store_id = :store_id and override_id = :override_id and withdrawn_at is null
returning override_id
