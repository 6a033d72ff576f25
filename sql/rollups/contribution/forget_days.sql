drop view contribution_most;
drop table contribution_days
