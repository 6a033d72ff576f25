set variable decimal_comma = $value;
