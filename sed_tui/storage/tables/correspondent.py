"""Correspondents: the organizations and citizens outside."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.tables import only
from sed_tui.storage.types import UtcInstant, code_point_text

_ONE_OFFICE = "state = 'active' AND kpp IS NOT NULL"
_WHOLE = "state = 'active' AND inn IS NOT NULL AND kpp IS NULL"


class CorrespondentTable(SQLModel, table=True):
    """An organization or a citizen that letters come from and go to.

    A merged one keeps its row and points at its successor with `merged_into`, which
    is never merged itself. Branches share an INN and differ in KPP.
    """

    __tablename__ = "correspondent"
    __table_args__ = (
        UniqueConstraint("organization_id", "external_id"),
        Index("ix_correspondent_name", "organization_id", "folded_name", "id"),
        Index("ix_correspondent_short_name", "organization_id", "folded_short"),
        Index("ix_correspondent_inn", "organization_id", "inn"),
        Index("ix_correspondent_merged", "merged_into"),
        Index(
            "ux_correspondent_office",
            "organization_id",
            "inn",
            "kpp",
            unique=True,
            info=only(_ONE_OFFICE),
        ),
        Index(
            "ux_correspondent_inn",
            "organization_id",
            "inn",
            unique=True,
            info=only(_WHOLE),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    kind: str = Field(default="organization", max_length=16)
    code: str | None = Field(default=None, max_length=32)
    name: str = Field(max_length=500)
    short_name: str | None = Field(default=None, max_length=200)
    folded_name: str = Field(sa_type=code_point_text(500))
    folded_short: str | None = Field(default=None, sa_type=code_point_text(200))
    inn: str | None = Field(default=None, sa_type=code_point_text(12))
    kpp: str | None = Field(default=None, max_length=9)
    ogrn: str | None = Field(default=None, max_length=15)
    address: str | None = Field(default=None, max_length=500)
    email: str | None = Field(default=None, max_length=254)
    state: str = Field(default="active", max_length=16)
    merged_into: UUID | None = Field(default=None, foreign_key="correspondent.id")
    external_id: str | None = Field(default=None, max_length=200)
    import_run_id: UUID | None = Field(default=None, index=True)
    created_at: datetime = Field(sa_type=UtcInstant)
    version: int = 1
