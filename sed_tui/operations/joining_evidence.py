"""What proves a step: protocols of checks, a complete export, successors."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from sed_tui.domain.joining import JoiningStep, SuccessionForm
from sed_tui.i18n import N_
from sed_tui.operations.joining import Application
from sed_tui.operations.joining_list import ApplicationPage
from sed_tui.operations.registry import Effect, Operation, Request


class RecordEvidence(Request):
    """Record the protocol of a check: `equip` of the workplaces, `try` of the test exchange.

    A test exchange is proven by a letter between the operator and the applicant that has come
    back with its receipt and its notice of registration: by the newest one, or by the
    `message` named by its id or identifier. `by_hand` is why there is none: the operator says
    it of an applicant that has no channel yet.
    """

    application: str | None = None
    step: JoiningStep
    text: str = Field(min_length=1, max_length=2000)
    message: str | None = Field(default=None, max_length=100)
    by_hand: str | None = Field(default=None, max_length=1000)


class RecordExport(Request):
    """Record that everything of the organization was exported, by the manifest of the export.

    The trail of the organization has to tell of an export with this digest, made since its
    disconnection began.
    """

    application: str | None = None
    organization_id: UUID
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")


class ReorganizeOrganizations(Request):
    """Let organizations go over into their successors; what they hold stays readable there."""

    applications: tuple[str, ...] = Field(min_length=1, max_length=50)
    successors: tuple[str, ...] = Field(min_length=1, max_length=50)
    form: SuccessionForm
    since: date | None = None
    remark: str = Field(min_length=1, max_length=2000)
    leaving: bool = False


EVIDENCE = Operation(
    "joining.evidence",
    N_("Record the protocol of a check"),
    RecordEvidence,
    Application,
    Effect.WRITE,
)
EXPORTED = Operation(
    "joining.record_export", N_("Record a complete export"), RecordExport, Application, Effect.WRITE
)
REORGANIZE = Operation(
    "joining.reorganize",
    N_("Reorganize organizations with successors"),
    ReorganizeOrganizations,
    ApplicationPage,
    Effect.DESTROY,
)
