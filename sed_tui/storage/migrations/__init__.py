"""The schema, one revision per change (Alembic)."""
