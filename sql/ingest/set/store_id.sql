set variable store_id = $value;
