"""Alembic runs this file; it uses the connection of `sed_tui.storage.schema`."""

from __future__ import annotations

from alembic import context

from sed_tui.storage.tables import everything

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=everything(),
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
