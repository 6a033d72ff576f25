"""What things were sold at, how buyers answer to it, and what to charge."""
