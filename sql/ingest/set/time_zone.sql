set variable time_zone = $value;
