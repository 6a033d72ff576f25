-- Summing up everything is no work for nested loops, which the planner would take: it does not know that currency, channel and
-- country of a slice belong together. Its many groups need room, and a few thousand rows tell enough of its tables.
select
    set_config('storeledger.work_mem', current_setting('work_mem'), true),
    set_config('storeledger.statistics', current_setting('default_statistics_target'), true);
select
    set_config('enable_nestloop', 'off', true),
    set_config('work_mem', '128MB', true),
    set_config('default_statistics_target', '20', true)
where cast(:everything as boolean)
