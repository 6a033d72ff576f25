set variable hash_key = $value;
