"""Data that the program brings along and an organization may replace by newer editions."""
