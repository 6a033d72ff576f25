-- Those who change the list take turns: of two owners who remove each other one stays.
lock table members in exclusive mode
