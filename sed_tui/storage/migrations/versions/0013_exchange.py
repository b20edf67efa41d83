"""Exchange: partners, messages of the connector, their files, the journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sed_tui.storage.types import UtcInstant

revision = "0013"
down_revision = "0014"


def upgrade() -> None:
    """Make the tables of the exchange."""
    op.create_table(
        "exchange_partner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("correspondent_id", sa.Uuid(), nullable=False),
        sa.Column("peer_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("own_uid", sa.String(length=36), nullable=False),
        sa.Column("mailbox", sa.String(length=200), nullable=True),
        sa.Column("address", sa.String(length=1000), nullable=True),
        sa.Column("inbox", sa.String(length=1000), nullable=True),
        sa.Column("format_version", sa.String(length=8), nullable=False),
        sa.Column("encoding", sa.String(length=16), nullable=False),
        sa.Column("kinds", sa.String(length=200), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("acknowledges_notifications", sa.Boolean(), nullable=False),
        sa.Column("is_subscribed", sa.Boolean(), nullable=False),
        sa.Column("takes_official", sa.Boolean(), nullable=False),
        sa.Column("max_bytes", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("paused_until", UtcInstant(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["correspondent_id"], ["correspondent.id"]),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.ForeignKeyConstraint(["peer_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "code"),
        sa.UniqueConstraint("organization_id", "peer_id"),
    )
    op.create_index(
        "ix_exchange_partner_correspondent",
        "exchange_partner",
        ["organization_id", "correspondent_id"],
    )
    op.create_table(
        "exchange_mailbox",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.ForeignKeyConstraint(["partner_id"], ["exchange_partner.id"]),
        sa.PrimaryKeyConstraint("organization_id", "uid"),
    )
    op.create_index("ix_exchange_mailbox_partner_id", "exchange_mailbox", ["partner_id"])
    op.create_table(
        "exchange_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("direction", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("identity", sa.String(length=200), nullable=False),
        sa.Column("meaning", sa.String(length=200), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("message_uid", sa.String(length=36), nullable=True),
        sa.Column("document_uid", sa.String(length=36), nullable=True),
        sa.Column("thread", sa.String(length=36), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("dispatch_id", sa.Uuid(), nullable=True),
        sa.Column("answers_id", sa.Uuid(), nullable=True),
        sa.Column("resend_of", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("event", sa.String(length=24), nullable=True),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("number_date", sa.Date(), nullable=True),
        sa.Column("their_number", sa.String(length=100), nullable=True),
        sa.Column("their_date", sa.Date(), nullable=True),
        sa.Column("is_official", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("raw_sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", UtcInstant(), nullable=True),
        sa.Column("claimed_at", UtcInstant(), nullable=True),
        sa.Column("last_error", sa.String(length=1000), nullable=True),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("sent_at", UtcInstant(), nullable=True),
        sa.Column("receipt_by", UtcInstant(), nullable=True),
        sa.Column("told_at", UtcInstant(), nullable=True),
        sa.Column("decided_at", UtcInstant(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["answers_id"], ["exchange_message.id"]),
        sa.ForeignKeyConstraint(["created_by"], ["employee.id"]),
        sa.ForeignKeyConstraint(["decided_by"], ["employee.id"]),
        sa.ForeignKeyConstraint(["dispatch_id"], ["document_dispatch.id"]),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"]),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.ForeignKeyConstraint(["partner_id"], ["exchange_partner.id"]),
        sa.ForeignKeyConstraint(["resend_of"], ["exchange_message.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "direction", "identity"),
        sa.UniqueConstraint("organization_id", "meaning"),
    )
    op.create_index("ix_exchange_message_answers", "exchange_message", ["answers_id"])
    op.create_index("ix_exchange_message_dispatch", "exchange_message", ["dispatch_id"])
    op.create_index("ix_exchange_message_document", "exchange_message", ["document_id"])
    op.create_index(
        "ix_exchange_message_due",
        "exchange_message",
        ["partner_id", "next_attempt_at", "id", "claimed_at"],
        sqlite_where=sa.text("state = 'prepared'"),
        postgresql_where=sa.text("state = 'prepared'"),
    )
    op.create_index(
        "ix_exchange_message_list",
        "exchange_message",
        ["organization_id", "direction", "created_at", "id"],
    )
    op.create_index("ix_exchange_message_raw", "exchange_message", ["raw_sha256"])
    op.create_index(
        "ix_exchange_message_receipt",
        "exchange_message",
        ["organization_id", "receipt_by"],
        sqlite_where=sa.text("state = 'sent' AND receipt_by IS NOT NULL"),
        postgresql_where=sa.text("state = 'sent' AND receipt_by IS NOT NULL"),
    )
    op.create_index(
        "ix_exchange_message_state",
        "exchange_message",
        ["organization_id", "state", "created_at", "id"],
    )
    op.create_index(
        "ix_exchange_message_thread", "exchange_message", ["organization_id", "thread", "position"]
    )
    op.create_index(
        "ix_exchange_message_uid",
        "exchange_message",
        ["organization_id", "direction", "message_uid"],
    )
    op.create_index(
        "ix_exchange_message_unsent",
        "exchange_message",
        ["thread", "partner_id", "position"],
        sqlite_where=sa.text("state = 'prepared'"),
        postgresql_where=sa.text("state = 'prepared'"),
    )
    op.create_table(
        "exchange_file",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("reasons", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["exchange_message.id"]),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("message_id", "position"),
    )
    op.create_index("ix_exchange_file_sha256", "exchange_file", ["sha256"])
    op.create_table(
        "exchange_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("detail", sa.String(length=1000), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["employee.id"]),
        sa.ForeignKeyConstraint(["message_id"], ["exchange_message.id"]),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_exchange_event_message", "exchange_event", ["message_id", "at", "place"])
    op.create_index(
        "ix_exchange_event_order", "exchange_event", ["organization_id", "at", "place", "id"]
    )
