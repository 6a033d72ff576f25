"""What recurs: seasons, holidays and events, launches, and what to have in stock for them."""
