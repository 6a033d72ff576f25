-- Summing up everything is no work for nested loops, which the planner would take: it does not know that currency, channel and
-- country of a slice belong together.
select set_config('enable_nestloop', case when cast(:everything as boolean) then 'off' else 'on' end, true)
