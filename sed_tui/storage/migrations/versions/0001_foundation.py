"""The foundation: organizations, journals, documents, assignments, audit, search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sed_tui.storage.types import UtcInstant

revision = "0001"
down_revision = None

# What is guarded: entries of the trail are only added; its head only moves on; personal
# values may be erased and not changed. What is not: whoever owns the tables can drop the
# triggers, cut the tail and set the head back. That shows against an earlier export, or
# against the head that an earlier `audit verify` printed.
_SAME_ENTRY = "organization_id = NEW.organization_id AND seq = NEW.seq"
_GUARDS_SQLITE = {
    "audit_event_refuses_update": "UPDATE ON audit_event",
    "audit_event_refuses_delete": "DELETE ON audit_event",
    # INSERT OR REPLACE runs no DELETE trigger where recursive_triggers is off
    "audit_event_refuses_replace": "INSERT ON audit_event "
    f"WHEN EXISTS (SELECT 1 FROM audit_event WHERE {_SAME_ENTRY})",
    "audit_head_refuses_rewind": "UPDATE ON audit_head "
    "WHEN NEW.seq <= OLD.seq OR NEW.organization_id <> OLD.organization_id",
    "audit_head_refuses_delete": "DELETE ON audit_head",
    "audit_head_refuses_replace": "INSERT ON audit_head WHEN EXISTS "
    "(SELECT 1 FROM audit_head WHERE organization_id = NEW.organization_id)",
    "audit_personal_refuses_update": "UPDATE ON audit_personal",
    "audit_personal_refuses_replace": "INSERT ON audit_personal "
    f"WHEN EXISTS (SELECT 1 FROM audit_personal WHERE {_SAME_ENTRY} AND path = NEW.path)",
}
_GUARDS_POSTGRESQL = {
    "audit_event_refuses_change": "UPDATE OR DELETE ON audit_event FOR EACH ROW",
    "audit_event_refuses_truncate": "TRUNCATE ON audit_event FOR EACH STATEMENT",
    "audit_head_refuses_rewind": "UPDATE ON audit_head FOR EACH ROW "
    "WHEN (NEW.seq <= OLD.seq OR NEW.organization_id <> OLD.organization_id)",
    "audit_head_refuses_delete": "DELETE ON audit_head FOR EACH ROW",
    "audit_head_refuses_truncate": "TRUNCATE ON audit_head FOR EACH STATEMENT",
    "audit_personal_refuses_update": "UPDATE ON audit_personal FOR EACH ROW",
    "audit_personal_refuses_truncate": "TRUNCATE ON audit_personal FOR EACH STATEMENT",
}

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table, the search index and the guards of the audit trail."""
    _make_tables()
    if op.get_bind().dialect.name == "sqlite":
        _prepare_sqlite()
    else:
        _prepare_postgresql()


def _prepare_sqlite() -> None:
    op.execute(
        # the terms are a set: where they stood in the text is of no use
        "CREATE VIRTUAL TABLE document_search USING fts5(stems, "
        "tokenize = 'unicode61 remove_diacritics 0', detail = none, columnsize = 0, "
        "prefix = '3 4 5 6')"
    )
    for name, condition in _GUARDS_SQLITE.items():
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {condition} "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        )


def _prepare_postgresql() -> None:
    op.execute(
        "CREATE TABLE document_search ("
        "document_key bigint PRIMARY KEY REFERENCES document (key), stems tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_document_search ON document_search USING gin (stems)")
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$"
    )
    for name, condition in _GUARDS_POSTGRESQL.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {condition} EXECUTE FUNCTION refuse_change()")


def _make_tables() -> None:
    # tables
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("loaded_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("year"),
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("inn", sa.String(length=12), nullable=True),
        sa.Column("kpp", sa.String(length=9), nullable=True),
        sa.Column("ogrn", sa.String(length=15), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_organization_parent_id", "organization", ["parent_id"], unique=False)
    op.create_table(
        "audit_event",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=64), nullable=True),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("host", sa.String(length=100), nullable=False),
        sa.Column("operation", sa.String(length=64), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("object_type", sa.String(length=32), nullable=False),
        sa.Column(
            "object_id",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("changes", sa.String(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("organization_id", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_audit_event_object",
        "audit_event",
        ["organization_id", "object_id", "seq"],
        unique=False,
    )
    op.create_table(
        "audit_head",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("organization_id"),
    )
    op.create_table(
        "audit_personal",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("path", sa.String(length=100), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("organization_id", "seq", "path"),
    )
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("day", "organization_id"),
    )
    op.create_index("ix_calendar_day_day", "calendar_day", ["day"], unique=False)
    op.create_table(
        "correspondent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=True),
        sa.Column(
            "folded_name",
            sa.String(length=500).with_variant(sa.String(length=500, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "folded_short",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "inn",
            sa.String(length=12).with_variant(sa.String(length=12, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("kpp", sa.String(length=9), nullable=True),
        sa.Column("ogrn", sa.String(length=15), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("import_run_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["correspondent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "external_id"),
    )
    op.create_index(
        "ix_correspondent_import_run_id", "correspondent", ["import_run_id"], unique=False
    )
    op.create_index(
        "ix_correspondent_inn", "correspondent", ["organization_id", "inn"], unique=False
    )
    op.create_index("ix_correspondent_merged", "correspondent", ["merged_into"], unique=False)
    op.create_index(
        "ix_correspondent_name",
        "correspondent",
        ["organization_id", "folded_name", "id"],
        unique=False,
    )
    op.create_index(
        "ix_correspondent_short_name",
        "correspondent",
        ["organization_id", "folded_short"],
        unique=False,
    )
    op.create_index(
        "ux_correspondent_inn",
        "correspondent",
        ["organization_id", "inn"],
        unique=True,
        sqlite_where=sa.text("state = 'active' AND inn IS NOT NULL AND kpp IS NULL"),
        postgresql_where=sa.text("state = 'active' AND inn IS NOT NULL AND kpp IS NULL"),
    )
    op.create_index(
        "ux_correspondent_office",
        "correspondent",
        ["organization_id", "inn", "kpp"],
        unique=True,
        sqlite_where=sa.text("state = 'active' AND kpp IS NOT NULL"),
        postgresql_where=sa.text("state = 'active' AND kpp IS NOT NULL"),
    )
    op.create_table(
        "document_kind",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("flow", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("is_registered", sa.Boolean(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("organization_id", "flow", "name"),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("operation", sa.String(length=64), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("organization_id", "key"),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("flow", sa.String(length=16), nullable=False),
        sa.Column("group_code", sa.String(length=32), nullable=True),
        sa.Column("formula", sa.String(length=200), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("closed_before", sa.Date(), nullable=True),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "code"),
    )
    op.create_table(
        "term_profile",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("shift", sa.String(length=16), nullable=False),
        sa.Column("counts_start", sa.Boolean(), nullable=False),
        sa.Column("act", sa.String(length=200), nullable=False),
        sa.Column("paragraph", sa.String(length=64), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("organization_id", "code"),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("import_run_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "code"),
    )
    op.create_table(
        "employee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column(
            "folded_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("position", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=64), nullable=True),
        sa.Column("os_user", sa.String(length=64), nullable=True),
        sa.Column("clearance", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("import_run_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
    )
    op.create_index(
        "ix_employee_organization",
        "employee",
        ["organization_id", "folded_name", "id"],
        unique=False,
    )
    op.create_index("ix_employee_os_user", "employee", ["os_user"], unique=False)
    op.create_table(
        "journal_counter",
        sa.Column("journal_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("last_ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["journal_id"],
            ["journal.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("journal_id", "period", "scope"),
    )
    op.create_table(
        "number_gap",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("journal_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.String(length=4), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("cause", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("replaced_by", sa.String(length=100), nullable=True),
        sa.Column("made_at", UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["journal_id"],
            ["journal.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("journal_id", "period", "scope", "ordinal", "suffix"),
    )
    op.create_index("ix_number_gap_document", "number_gap", ["document_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("key", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("flow", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=2000), nullable=False),
        sa.Column("confidentiality", sa.String(length=16), nullable=False),
        sa.Column("journal_id", sa.Uuid(), nullable=True),
        sa.Column("period", sa.String(length=10), nullable=True),
        sa.Column("scope", sa.String(length=64), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("suffix", sa.String(length=4), nullable=True),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("registered_at", UtcInstant(), nullable=True),
        sa.Column("registrar_id", sa.Uuid(), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("correspondent_id", sa.Uuid(), nullable=True),
        sa.Column("their_number", sa.String(length=100), nullable=True),
        sa.Column("their_key", sa.String(length=100), nullable=True),
        sa.Column("their_date", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("delivery", sa.String(length=64), nullable=True),
        sa.Column("postal_number", sa.String(length=64), nullable=True),
        sa.Column("addressee", sa.String(length=1000), nullable=True),
        sa.Column("signatory", sa.String(length=200), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("drafter", sa.String(length=200), nullable=True),
        sa.Column("drafter_phone", sa.String(length=64), nullable=True),
        sa.Column("sheets", sa.Integer(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=True),
        sa.Column("annex_sheets", sa.Integer(), nullable=True),
        sa.Column("case_index", sa.String(length=64), nullable=True),
        sa.Column("topic", sa.String(length=200), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("reply_address", sa.String(length=500), nullable=True),
        sa.Column("appeal_kind", sa.String(length=24), nullable=True),
        sa.Column("appeal_repeat", sa.String(length=16), nullable=True),
        sa.Column("signatures_count", sa.Integer(), nullable=True),
        sa.Column("lifecycle", sa.String(length=16), nullable=False),
        sa.Column("registration", sa.String(length=16), nullable=False),
        sa.Column("approval", sa.String(length=16), nullable=False),
        sa.Column("exchange", sa.String(length=16), nullable=False),
        sa.Column("execution", sa.String(length=16), nullable=False),
        sa.Column("control", sa.String(length=16), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("import_run_id", sa.Uuid(), nullable=True),
        sa.Column("historic", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["correspondent_id"],
            ["correspondent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["journal_id"],
            ["journal.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["registrar_id"],
            ["employee.id"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("journal_id", "period", "scope", "number"),
        sa.UniqueConstraint("journal_id", "period", "scope", "ordinal", "suffix"),
        sa.UniqueConstraint("organization_id", "external_id"),
    )
    op.create_index(
        "ix_document_duplicate",
        "document",
        ["organization_id", "correspondent_id", "their_key"],
        unique=False,
    )
    op.create_index("ix_document_import_run", "document", ["import_run_id"], unique=False)
    op.create_index("ix_document_number", "document", ["organization_id", "number"], unique=False)
    op.create_index(
        "ix_document_order", "document", ["organization_id", "listed_on", "key"], unique=False
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("noun", sa.String(length=24), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("last_row", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("duplicates", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcInstant(), nullable=False),
        sa.Column("finished_at", UtcInstant(), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["started_by"],
            ["employee.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_import_run_fingerprint", "import_run", ["organization_id", "fingerprint"], unique=False
    )
    op.create_index(
        "ix_import_run_order", "import_run", ["organization_id", "started_at", "id"], unique=False
    )
    op.create_table(
        "number_reservation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("journal_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.String(length=4), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("for_day", sa.Date(), nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=False),
        sa.Column("reserved_by", sa.Uuid(), nullable=False),
        sa.Column("reserved_at", UtcInstant(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["journal_id"],
            ["journal.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reserved_by"],
            ["employee.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("journal_id", "period", "scope", "ordinal", "suffix"),
    )
    op.create_table(
        "role_grant",
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("employee_id", "organization_id", "role"),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("executor_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=True),
        sa.Column("co_due", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("nominal_due", sa.Date(), nullable=True),
        sa.Column("term", sa.String(length=64), nullable=True),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("control", sa.String(length=16), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", UtcInstant(), nullable=False),
        sa.Column("changed_at", UtcInstant(), nullable=False),
        sa.Column("report_text", sa.String(length=4000), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("reported_at", UtcInstant(), nullable=True),
        sa.Column("closed_at", UtcInstant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["controller_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["executor_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["assignment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_assignment_author", "assignment", ["author_id", "closed_at"], unique=False)
    op.create_index(
        "ix_assignment_controller", "assignment", ["controller_id", "closed_at"], unique=False
    )
    op.create_index("ix_assignment_document", "assignment", ["document_id"], unique=False)
    op.create_index(
        "ix_assignment_executor", "assignment", ["executor_id", "closed_at"], unique=False
    )
    op.create_index(
        "ix_assignment_open",
        "assignment",
        ["organization_id", "due", "id", "executor_id", "author_id", "reported_on", "closed_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_assignment_order", "assignment", ["organization_id", "issued_on", "id"], unique=False
    )
    op.create_table(
        "document_addressee",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("correspondent_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["correspondent_id"],
            ["correspondent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("document_id", "correspondent_id"),
    )
    op.create_index(
        "ix_document_addressee",
        "document_addressee",
        ["correspondent_id", "document_id"],
        unique=False,
    )
    op.create_table(
        "document_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("text_state", sa.String(length=16), nullable=False),
        sa.Column("added_at", UtcInstant(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "name", "version"),
    )
    op.create_index("ix_document_file_sha256", "document_file", ["sha256"], unique=False)
    op.create_table(
        "document_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["document.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_id", "target_id", "kind"),
    )
    op.create_index("ix_document_link_target", "document_link", ["target_id"], unique=False)
    op.create_table(
        "document_participant",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(length=24), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("document_id", "employee_id", "capacity"),
    )
    op.create_index(
        "ix_document_participant_employee",
        "document_participant",
        ["employee_id", "document_id"],
        unique=False,
    )
    op.create_table(
        "assignment_co_executor",
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("assignment_id", "employee_id"),
    )
    op.create_index(
        "ix_assignment_co_executor_employee",
        "assignment_co_executor",
        ["employee_id"],
        unique=False,
    )
    op.create_table(
        "assignment_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("superseded_at", UtcInstant(), nullable=True),
        sa.Column("event", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("control", sa.String(length=16), nullable=False),
        sa.Column("executor_id", sa.Uuid(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["controller_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["executor_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("assignment_id", "version"),
    )
    op.create_index(
        "ix_assignment_event_superseded",
        "assignment_event",
        ["organization_id", "superseded_at"],
        unique=False,
        sqlite_where=sa.text("superseded_at IS NOT NULL"),
        postgresql_where=sa.text("superseded_at IS NOT NULL"),
    )
    op.create_table(
        "document_file_text",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["document_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("file_id"),
    )
    # end of tables
