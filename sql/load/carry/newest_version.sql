select coalesce(max(data_version), 0) from stores
