"""Tables, sessions, files and search, the same for SQLite and PostgreSQL."""
