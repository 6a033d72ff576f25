set variable writes_all = $value;
