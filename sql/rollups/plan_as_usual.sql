-- What follows a refresh is planned as everything else is.
select
    set_config('enable_nestloop', 'on', true),
    set_config('work_mem', current_setting('storeledger.work_mem'), true),
    set_config('default_statistics_target', current_setting('storeledger.statistics'), true)
