-- The views and tables of one refresh: the next one, of another store or other days, makes its own.
drop view contribution_periods_now;
drop view contribution_daily_now, contribution_products_daily_now, contribution_orders_now, contribution_fees_daily_now;
drop table contribution_now, contribution_costs, contribution_estimates, contribution_known, contribution_weights,
contribution_entries, contribution_asked, contribution_before
