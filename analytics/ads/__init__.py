"""What advertising cost and what it brought."""
