"""Ten minutes of mixed load while workers and the database are killed, then a reckoning."""
