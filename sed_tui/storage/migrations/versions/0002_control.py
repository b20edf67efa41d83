"""Control: resolutions, requests, schedules, orders to organizations, acquaintance, reminders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sed_tui.storage.types import UtcInstant

revision = "0002"
down_revision = "0001"

_OWN = "Инструкция по делопроизводству организации"
_MEMBERS = "Федеральный закон от 08.05.1994 № 3-ФЗ"
_INFORMATION = "Федеральный закон от 09.02.2009 № 8-ФЗ"
_PROSECUTOR = "Федеральный закон от 17.01.1992 № 2202-1"
_PROFILES = (
    ("report-back", "Доложите", 10, "half", _OWN),
    ("deputy", "Запрос депутата", 30, "calendar_days", _MEMBERS),
    ("information", "Запрос информации о деятельности", 30, "calendar_days", _INFORMATION),
    (
        "information-extension",
        "Продление запроса информации",
        15,
        "calendar_days",
        _INFORMATION,
    ),
    ("protest", "Протест прокурора", 10, "working_days", _PROSECUTOR),
    ("prosecutor", "Представление прокурора", 1, "months", _PROSECUTOR),
)
_BEFORE = {"before-10": 10, "before-5": 5, "before-3": 3, "before-1": 1, "on-the-day": 0}


def upgrade() -> None:
    """Make the tables, widen assignments, and bring what exists to the new columns."""
    _make_tables()
    _widen_assignments()
    _widen_calendar()
    for profile in _PROFILES:
        _count_by(*profile)
    for column, threshold in _BEFORE.items():
        _remind(column, days_before=threshold)
    _remind("overdue", every_days=1)
    _remind("waiting-acceptor", every_days=1, audience="acceptor")
    _remind("overdue-controller", every_days=5, audience="controller")
    _remind("overdue-head", every_days=1, audience="head")


def _widen_calendar() -> None:
    op.add_column(
        "calendar_day",
        sa.Column("branch", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def _widen_assignments() -> None:
    op.add_column(
        "assignment", sa.Column("kind", sa.String(16), nullable=False, server_default="main")
    )
    op.add_column("assignment", sa.Column("point", sa.Integer(), nullable=True))
    op.add_column("assignment", sa.Column("original_due", sa.Date(), nullable=True))
    op.add_column(
        "assignment", sa.Column("shifts", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("assignment", sa.Column("proof", sa.String(500), nullable=True))
    _add_reference("assignment", "reported_by", "employee")
    _add_reference("assignment", "resolution_id", "resolution")
    _add_reference("assignment", "recurring_id", "recurring_assignment")
    for column in ("parent_id", "resolution_id"):
        there = sa.text(f"{column} IS NOT NULL")
        name = f"ix_assignment_{column.removesuffix('_id')}"
        op.create_index(name, "assignment", [column], sqlite_where=there, postgresql_where=there)
    is_open = sa.text("closed_at IS NULL")
    op.drop_index("ix_assignment_open", "assignment")
    op.create_index(
        "ix_assignment_open",
        "assignment",
        [
            *("organization_id", "due", "id", "executor_id", "author_id", "reported_on"),
            *("closed_at", "changed_at"),
        ],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    counted_by = ["executor_id", "author_id", "state", "reported_on", "shifts", "changed_at"]
    op.create_index("ix_assignment_term", "assignment", ["organization_id", "due", *counted_by])
    closed = sa.text("closed_at IS NOT NULL")
    op.create_index(
        "ix_assignment_closed",
        "assignment",
        ["organization_id", "closed_at", "reported_on"],
        sqlite_where=closed,
        postgresql_where=closed,
    )
    helper = "assignment_co_executor"
    op.add_column(
        helper, sa.Column("state", sa.String(16), nullable=False, server_default="in_work")
    )
    op.add_column(helper, sa.Column("report_text", sa.String(4000), nullable=True))
    op.add_column(helper, sa.Column("reported_at", UtcInstant(), nullable=True))
    event = "assignment_event"
    op.add_column(event, sa.Column("shifts", sa.Integer(), nullable=False, server_default="0"))
    _add_reference(event, "on_behalf_of", "employee")
    op.execute(
        "UPDATE assignment SET original_due = (SELECT due FROM assignment_event AS first "
        "WHERE first.assignment_id = assignment.id AND first.version = 1)"
    )
    op.execute("UPDATE assignment SET reported_by = executor_id WHERE reported_on IS NOT NULL")


def _add_reference(table: str, column: str, target: str) -> None:
    """Add a nullable column that refers to a table; Alembic cannot on SQLite."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} CHAR(32) REFERENCES {target} (id)")
        return
    op.add_column(table, sa.Column(column, sa.Uuid(), nullable=True))
    op.create_foreign_key(None, table, target, [column], ["id"])


def _remind(
    code: str,
    *,
    days_before: int | None = None,
    every_days: int | None = None,
    audience: str = "executor",
) -> None:
    """Give every organization a rule of reminders, those that a new one begins with."""
    rule = {"code": code, "audience": audience, "before": days_before, "every": every_days}
    op.get_bind().execute(
        sa.text(
            "INSERT INTO reminder_rule "
            "(organization_id, code, audience, days_before, every_days, is_active) "
            "SELECT id, :code, :audience, :before, :every, true FROM organization"
        ),
        rule,
    )


def _count_by(code: str, title: str, amount: int, unit: str, act: str) -> None:
    """Give every organization a profile of terms, those that a new one begins with."""
    op.get_bind().execute(
        sa.text(
            "INSERT INTO term_profile (organization_id, code, title, amount, unit, shift, "
            "counts_start, act, paragraph) "
            "SELECT id, :code, :title, :amount, :unit, 'previous', false, :act, '' "
            "FROM organization"
        ),
        {"code": code, "title": title, "amount": amount, "unit": unit, "act": act},
    )


def _make_tables() -> None:
    op.create_table(
        "assignment_policy",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("child_term", sa.String(length=16), nullable=False),
        sa.Column("late_extension", sa.String(length=16), nullable=False),
        sa.Column("extension_notice", sa.Integer(), nullable=False),
        sa.Column("allows_no_term", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("organization_id"),
    )
    op.create_table(
        "reminder_rule",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=True),
        sa.Column("every_days", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("organization_id", "code"),
    )
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("next_at", UtcInstant(), nullable=False),
        sa.Column("claimed_at", UtcInstant(), nullable=True),
        sa.Column("sent_at", UtcInstant(), nullable=True),
        sa.Column("error", sa.String(length=1000), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "key"),
    )
    op.create_index(
        "ix_outgoing_mail_order",
        "outgoing_mail",
        ["organization_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_outgoing_mail_pending",
        "outgoing_mail",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "substitution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("absent_id", sa.Uuid(), nullable=False),
        sa.Column("substitute_id", sa.Uuid(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("scope", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("cancelled_at", UtcInstant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["absent_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["set_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"],
            ["employee.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_substitution_absent", "substitution", ["absent_id", "ends_on"], unique=False
    )
    op.create_index(
        "ix_substitution_substitute", "substitution", ["substitute_id", "ends_on"], unique=False
    )
    op.create_table(
        "acquaintance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("files", sa.String(), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("started_at", UtcInstant(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("closed_at", UtcInstant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"],
            ["acquaintance.id"],
        ),
        sa.ForeignKeyConstraint(
            ["started_by"],
            ["employee.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_acquaintance_document", "acquaintance", ["document_id"], unique=False)
    op.create_index(
        "ix_acquaintance_order",
        "acquaintance",
        ["organization_id", "started_at", "id"],
        unique=False,
    )
    op.create_table(
        "mail_attachment",
        sa.Column("mail_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"],
            ["outgoing_mail.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("mail_id", "position"),
    )
    op.create_table(
        "recurring_assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("executor_id", sa.Uuid(), nullable=False),
        sa.Column("co_executors", sa.String(), nullable=False),
        sa.Column("observers", sa.String(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=True),
        sa.Column("control", sa.String(length=16), nullable=True),
        sa.Column("rule", sa.String(length=500), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
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
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_recurring_assignment_open",
        "recurring_assignment",
        ["organization_id", "state"],
        unique=False,
    )
    op.create_table(
        "reminder",
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("threshold", sa.String(length=24), nullable=False),
        sa.Column("term_version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("object_type", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mail_id"],
            ["outgoing_mail.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"],
            ["employee.id"],
        ),
        sa.PrimaryKeyConstraint("object_id", "threshold", "term_version", "recipient_id"),
    )
    op.create_index("ix_reminder_mail", "reminder", ["mail_id"], unique=False)
    op.create_table(
        "resolution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("basis", sa.String(length=500), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=True),
        sa.Column("due", sa.String(length=64), nullable=True),
        sa.Column("profile", sa.String(length=32), nullable=True),
        sa.Column("controller_id", sa.Uuid(), nullable=True),
        sa.Column("control", sa.String(length=16), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("comment", sa.String(length=4000), nullable=True),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("decided_at", UtcInstant(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
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
            ["decided_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_resolution_author", "resolution", ["author_id", "state"], unique=False)
    op.create_index("ix_resolution_document", "resolution", ["document_id"], unique=False)
    op.create_index(
        "ix_resolution_order", "resolution", ["organization_id", "created_at", "id"], unique=False
    )
    op.create_table(
        "acquaintance_person",
        sa.Column("acquaintance_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("acquainted_at", UtcInstant(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["acquaintance_id"],
            ["acquaintance.id"],
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("acquaintance_id", "employee_id"),
    )
    op.create_index(
        "ix_acquaintance_person_waiting",
        "acquaintance_person",
        ["employee_id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "recurring_executor",
        sa.Column("recurring_id", sa.Uuid(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("executor_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["executor_id"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recurring_id"],
            ["recurring_assignment.id"],
        ),
        sa.PrimaryKeyConstraint("recurring_id", "from_day"),
    )
    op.create_table(
        "assignment_observer",
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
        "ix_assignment_observer_employee", "assignment_observer", ["employee_id"], unique=False
    )
    op.create_table(
        "assignment_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("their_number", sa.String(length=100), nullable=True),
        sa.Column("their_date", sa.Date(), nullable=True),
        sa.Column("executor", sa.String(length=200), nullable=True),
        sa.Column("report_text", sa.String(length=4000), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("target_document_id", sa.Uuid(), nullable=True),
        sa.Column("target_assignment_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", UtcInstant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["target_assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["target_document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("assignment_id", "target_id"),
    )
    op.create_index(
        "ix_assignment_part_target", "assignment_part", ["target_assignment_id"], unique=False
    )
    op.create_table(
        "assignment_result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("media_type", sa.String(length=100), nullable=True),
        sa.Column("added_at", UtcInstant(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
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
    )
    op.create_index("ix_assignment_result", "assignment_result", ["assignment_id"], unique=False)
    op.create_table(
        "extension_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", UtcInstant(), nullable=False),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("current_due", sa.Date(), nullable=False),
        sa.Column("wanted_due", sa.Date(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcInstant(), nullable=True),
        sa.Column("granted_due", sa.Date(), nullable=True),
        sa.Column("comment", sa.String(length=4000), nullable=True),
        sa.Column("shifted_children", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["employee.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_extension_request_assignment",
        "extension_request",
        ["assignment_id", "requested_at"],
        unique=False,
    )
    op.create_index(
        "ix_extension_request_period",
        "extension_request",
        ["organization_id", "requested_at"],
        unique=False,
    )
    op.create_index(
        "ux_extension_request_open",
        "extension_request",
        ["assignment_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "recurring_period",
        sa.Column("recurring_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=True),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recurring_id"],
            ["recurring_assignment.id"],
        ),
        sa.PrimaryKeyConstraint("recurring_id", "period"),
    )
    op.create_table(
        "resolution_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("resolution_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=True),
        sa.Column("executor_id", sa.Uuid(), nullable=True),
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("co_executors", sa.String(), nullable=False),
        sa.Column("observers", sa.String(), nullable=False),
        sa.Column("controller_id", sa.Uuid(), nullable=True),
        sa.Column("due", sa.String(length=64), nullable=True),
        sa.Column("co_due", sa.String(length=64), nullable=True),
        sa.Column("assignment_id", sa.Uuid(), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["resolution.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("resolution_id", "number"),
    )
    op.create_table(
        "status_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", UtcInstant(), nullable=False),
        sa.Column("question", sa.String(length=4000), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", UtcInstant(), nullable=True),
        sa.Column("comment", sa.String(length=4000), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_status_request_assignment",
        "status_request",
        ["assignment_id", "asked_at"],
        unique=False,
    )
    op.create_index(
        "ux_status_request_open",
        "status_request",
        ["assignment_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
