"""Ten minutes of mixed load while clients, workers and the database are killed."""
