set variable day_first = $value;
