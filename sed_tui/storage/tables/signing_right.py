"""Rights to sign: who may sign what, on which ground, from when till when."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class SigningRightTable(SQLModel, table=True):
    """A right to sign; a flow, a kind or a limit that is absent means any.

    `amount` is the largest sum in whole roubles. `power` names the power of attorney.
    """

    __tablename__ = "signing_right"
    __table_args__ = (Index("ix_signing_right_employee", "employee_id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    employee_id: UUID = Field(foreign_key="employee.id")
    flow: str | None = Field(default=None, max_length=16)
    kind: str | None = Field(default=None, max_length=200)
    amount: int | None = Field(default=None, sa_type=BigInteger)
    basis: str = Field(max_length=24)
    power: str | None = Field(default=None, max_length=300)
    starts_on: date
    ends_on: date | None = None
    set_by: UUID = Field(foreign_key="employee.id")
    created_at: datetime = Field(sa_type=UtcInstant)
