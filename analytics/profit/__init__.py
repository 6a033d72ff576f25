"""What is left of sales: costs of orders, contribution, payouts."""
