"""Stock: what is there, what it is worth, when it runs out, what to order, and by when."""
