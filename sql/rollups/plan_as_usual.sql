-- What follows a refresh is planned as everything else is.
select set_config('enable_nestloop', 'on', true)
