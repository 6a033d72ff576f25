set variable import_id = $value;
