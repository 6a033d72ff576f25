set variable currency = $value;
