"""Joining the system: applications, what happened to them, papers, people, evidence, terms."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Date, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant, code_point_text


class JoiningOperatorTable(SQLModel, table=True):
    """The organization that keeps the system: one row at most, `place` is always 1."""

    __tablename__ = "joining_operator"

    place: int = Field(default=1, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    named_at: datetime = Field(sa_type=UtcInstant)
    named_by: str = Field(max_length=200)


class JoiningTable(SQLModel, table=True):
    """An application; `organization_id` is the applicant, `since` when its state began.

    `rules_accounts` says that accounts are opened for listed people alone: not so for
    organizations that worked here before they were entered from the register.
    """

    __tablename__ = "joining"
    __table_args__ = (
        Index("ix_joining_organization", "organization_id", "created_at"),
        Index("ix_joining_queue", "state", "due", "id"),
        Index("ix_joining_ogrn", "ogrn"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    state: str = Field(max_length=16)
    since: datetime = Field(sa_type=UtcInstant)
    due: date | None = Field(default=None, sa_type=Date)
    name: str = Field(max_length=500)
    short_name: str | None = Field(default=None, max_length=200)
    inn: str | None = Field(default=None, max_length=12)
    kpp: str | None = Field(default=None, max_length=9)
    ogrn: str | None = Field(default=None, max_length=15)
    oktmo: str | None = Field(default=None, max_length=11)
    address: str | None = Field(default=None, max_length=500)
    head_name: str | None = Field(default=None, max_length=200)
    head_position: str | None = Field(default=None, max_length=200)
    deputy: str | None = Field(default=None, max_length=200)
    power: str | None = Field(default=None, max_length=200)
    power_until: date | None = Field(default=None, sa_type=Date)
    contact: str | None = Field(default=None, max_length=200)
    email: str | None = Field(default=None, max_length=254)
    phone: str | None = Field(default=None, max_length=64)
    subsystem: str | None = Field(default=None, max_length=16)
    front: str | None = Field(default=None, max_length=16)
    exchange_address: str | None = Field(default=None, max_length=200)
    register_state: str | None = Field(default=None, max_length=16)
    register_checked_on: date | None = Field(default=None, sa_type=Date)
    connected_on: date | None = Field(default=None, sa_type=Date)
    exported_digest: str | None = Field(default=None, max_length=64)
    exported_seq: int | None = None
    rules_accounts: bool = True
    created_at: datetime = Field(sa_type=UtcInstant)
    created_by: str = Field(max_length=200)
    version: int = 1


class JoiningEventTable(SQLModel, table=True):
    """A step that was taken: who, when, what he remarked, and the term that began.

    `place` is the version of the application that the step has made.
    """

    __tablename__ = "joining_event"
    __table_args__ = (UniqueConstraint("joining_id", "place"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    joining_id: UUID = Field(foreign_key="joining.id")
    place: int
    at: datetime = Field(sa_type=UtcInstant)
    step: str = Field(max_length=16)
    state: str = Field(max_length=16)
    due: date | None = Field(default=None, sa_type=Date)
    who: str = Field(max_length=300)
    remark: str | None = Field(default=None, max_length=2000)


class JoiningPaperTable(SQLModel, table=True):
    """A paper as it was printed in an edition, and how a side has signed it."""

    __tablename__ = "joining_paper"
    __table_args__ = (Index("ix_joining_paper_kind", "joining_id", "paper", "issued_at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    joining_id: UUID = Field(foreign_key="joining.id")
    paper: str = Field(max_length=16)
    edition: int
    name: str = Field(max_length=255)
    size: int
    media_type: str = Field(max_length=200)
    sha256: str = Field(max_length=64)
    issued_at: datetime = Field(sa_type=UtcInstant)
    issued_by: str = Field(max_length=200)


class JoiningSignatureTable(SQLModel, table=True):
    """A side's signature of a paper: by GOST with its certificate, or on paper with a scan.

    `sha256` is that of the detached signature or of the scan.
    """

    __tablename__ = "joining_signature"
    __table_args__ = (UniqueConstraint("paper_id", "side"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    paper_id: UUID = Field(foreign_key="joining_paper.id")
    side: str = Field(max_length=16)
    way: str = Field(max_length=16)
    signatory: str = Field(max_length=200)
    power: str | None = Field(default=None, max_length=200)
    signed_on: date = Field(sa_type=Date)
    serial: str | None = Field(default=None, max_length=64)
    thumbprint: str | None = Field(default=None, max_length=64)
    name: str = Field(max_length=255)
    size: int
    media_type: str = Field(max_length=200)
    sha256: str = Field(max_length=64)
    recorded_at: datetime = Field(sa_type=UtcInstant)
    recorded_by: str = Field(max_length=200)


class JoiningPersonTable(SQLModel, table=True):
    """A person who is to have an account, his consent, and the account once it is open."""

    __tablename__ = "joining_person"
    __table_args__ = (UniqueConstraint("organization_id", "folded_name", "login"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    full_name: str = Field(max_length=200)
    folded_name: str = Field(sa_type=code_point_text(200))
    login: str = Field(max_length=64)
    position: str | None = Field(default=None, max_length=200)
    email: str | None = Field(default=None, max_length=254)
    roles: str = Field(max_length=200)
    owns_signature: bool = False
    consent_on: date | None = Field(default=None, sa_type=Date)
    consent_name: str | None = Field(default=None, max_length=255)
    consent_sha256: str | None = Field(default=None, max_length=64)
    withdrawn_on: date | None = Field(default=None, sa_type=Date)
    employee_id: UUID | None = Field(default=None, foreign_key="employee.id")
    created_at: datetime = Field(sa_type=UtcInstant)
    version: int = 1


class JoiningEvidenceTable(SQLModel, table=True):
    """A protocol of a check that people made: of workplaces, or of the test exchange.

    `message_id` is the test letter. It refers to no row: the message is that of the operator or
    of the applicant, and does not travel with the other's rows. `by_hand` is why there is none.
    """

    __tablename__ = "joining_evidence"
    __table_args__ = (Index("ix_joining_evidence_joining", "joining_id", "recorded_at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    joining_id: UUID = Field(foreign_key="joining.id")
    step: str = Field(max_length=16)
    text: str = Field(sa_type=Text)
    message_id: UUID | None = None
    channel: str | None = Field(default=None, max_length=16)
    message_uid: str | None = Field(default=None, max_length=100)
    receipt_uid: str | None = Field(default=None, max_length=100)
    registration_uid: str | None = Field(default=None, max_length=100)
    their_number: str | None = Field(default=None, max_length=100)
    by_hand: str | None = Field(default=None, max_length=1000)
    recorded_at: datetime = Field(sa_type=UtcInstant)
    recorded_by: str = Field(max_length=200)


class JoiningTemplateTable(SQLModel, table=True):
    """An edition of a paper's text that the operator has published.

    By `accept_by` everybody at work is asked to sign it; nothing stops when nobody does.
    """

    __tablename__ = "joining_template"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    paper: str = Field(max_length=16, primary_key=True)
    edition: int = Field(primary_key=True)
    title: str = Field(max_length=500)
    body: str = Field(sa_type=Text)
    in_force_on: date = Field(sa_type=Date)
    accept_by: date | None = Field(default=None, sa_type=Date)
    published_at: datetime = Field(sa_type=UtcInstant)
    published_by: str = Field(max_length=200)


class JoiningTermTable(SQLModel, table=True):
    """The operator's own term of a state, in working days."""

    __tablename__ = "joining_term"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    state: str = Field(max_length=16, primary_key=True)
    days: int
    source: str = Field(max_length=300)


class JoiningSuccessorTable(SQLModel, table=True):
    """Into whom an organization went over, and since when."""

    __tablename__ = "joining_successor"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    successor_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    form: str = Field(max_length=16)
    since: date = Field(sa_type=Date)
    recorded_at: datetime = Field(sa_type=UtcInstant)
    recorded_by: str = Field(max_length=200)
