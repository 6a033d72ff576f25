-- Fresh statistics of every table, after all of them were filled.
analyze
