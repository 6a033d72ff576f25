set variable as_of = $value;
