-- After a restore every view is drawn anew, also by a program that has kept what it read before.
update stores set data_version = greatest(data_version, :seen) + 1
