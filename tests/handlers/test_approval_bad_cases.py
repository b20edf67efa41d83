"""What stories call bad cases of approval: each has its exit status, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.flows import Confidentiality
from sed_tui.errors import SedError
from sed_tui.operations import approval, draft, draft_registration, draft_version, route
from sed_tui.operations.audit import VERIFY, VerifyAudit
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument
from sed_tui.operations.document import EDIT, EditDocument
from sed_tui.operations.employee_access import DISABLE, DisableEmployee
from sed_tui.operations.file import ADD as ADD_FILE
from sed_tui.operations.file import AddFile
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.reregistration import CANCEL, CancelRegistration
from sed_tui.operations.signing_refusal import REFUSE, RefuseSigning
from sed_tui.operations.substitution import ADD, AddSubstitution
from tests.handlers.drafts import drafted, text_file
from tests.handlers.letters import TODAY

if TYPE_CHECKING:
    from sed_tui.operations.registry import Operation, Request
    from tests.handlers.assignments import Office

INVALID, FORBIDDEN, CONFLICT, REFUSED = 3, 4, 5, 6
ROUTE = """
code = "letters"
[[stage]]
kind = "approval"
performers = ["sidorov", "kuznec"]
[[stage]]
kind = "legal_review"
performers = ["kontr"]
[[stage]]
kind = "signing"
"""
BECAUSE = CallOptions(reason="Проверка")


def events(office: Office) -> int:
    return office.as_("admin").call(VERIFY, VerifyAudit()).organizations[0].events


def test_every_step_out_of_turn_has_its_status_and_changes_nothing(office: Office) -> None:
    office.as_("admin").call(route.IMPORT, route.ImportRoute(text=ROUTE))
    made = drafted(office.as_("petrov"))
    petrov, document = office.as_("petrov"), str(made.id)
    petrov.call(approval.START, approval.StartApproval(document=document))
    agree = approval.ApproveDraft(document=document, version=1)
    office.as_("sidorov").call(approval.APPROVE, agree)
    file = text_file(office.as_("admin"), "Иное", "иное.txt")
    cases: list[tuple[str, Any, Any, int]] = [
        ("sidorov", approval.APPROVE, agree, CONFLICT),
        ("kontr", approval.APPROVE, agree, REFUSED),
        ("golova", approval.APPROVE, agree, FORBIDDEN),
        ("petrov", approval.APPROVE, agree, FORBIDDEN),
        ("kuznec", approval.APPROVE, agree.model_copy(update={"version": 2}), CONFLICT),
        (
            *("kuznec", approval.REWORK),
            *(approval.SendBackDraft(document=document, version=1), INVALID),
        ),
        ("kuznec", approval.REMARK, approval.RemarkDraft(document=document, version=1), INVALID),
        ("petrov", approval.START, approval.StartApproval(document=document), REFUSED),
        (
            *("petrov", draft.REVISE),
            *(draft.ReviseDraft(document=document, changes={"subject": "Иное"}), REFUSED),
        ),
        ("petrov", draft.DISCARD, draft.DiscardDraft(document=document), REFUSED),
        ("admin", CANCEL, CancelRegistration(document=document), REFUSED),
        ("admin", EDIT, EditDocument(document=document, changes={"subject": "Иное"}), REFUSED),
        ("admin", ADD_FILE, AddFile(document=document, files=(file,)), REFUSED),
        (
            *("petrov", draft_version.ADD),
            *(draft_version.AddVersion(document=document, files=()), INVALID),
        ),
        (
            *("admin", draft_registration.REGISTER),
            *(draft_registration.RegisterDraft(document=document), REFUSED),
        ),
        ("admin", DISPATCH, DispatchDocument(document=document), REFUSED),
        (
            *("golova", REFUSE),
            *(RefuseSigning(document=document, version=1, comment="Нет"), REFUSED),
        ),
        ("kuznec", approval.WITHDRAW, approval.WithdrawApproval(document=document), FORBIDDEN),
    ]
    before = events(office)
    for login, operation, request, status in cases:
        with pytest.raises(SedError) as refused:
            office.as_(login).call(operation, request, BECAUSE)
        assert refused.value.exit_code == status, (login, operation.name, refused.value)
    assert events(office) == before


def test_what_cannot_be_started_or_entered_has_its_status_too(office: Office) -> None:
    admin, petrov = office.as_("admin"), office.as_("petrov")
    admin.call(route.IMPORT, route.ImportRoute(text=ROUTE))
    made = drafted(petrov)
    admin.call(DISABLE, DisableEmployee(employee="kontr"), BECAUSE)
    admin.call(ADD, AddSubstitution(absent="kuznec", starts_on=TODAY, ends_on=TODAY))
    pair = {"starts_on": TODAY, "ends_on": TODAY}
    admin.call(ADD, AddSubstitution(absent="golova", substitute="sidorov", **pair))
    loop = AddSubstitution(absent="sidorov", substitute="golova", **pair)
    secret = draft.DraftDocument(
        flow="internal", subject="Тайна", confidentiality=Confidentiality.OFFICIAL
    )
    before = events(office)
    cases: tuple[tuple[str, Operation[Any, Any], Request, int], ...] = (
        ("petrov", approval.START, approval.StartApproval(document=str(made.id)), REFUSED),
        ("admin", ADD, loop, CONFLICT),
        ("petrov", draft.ADD, secret, REFUSED),
        ("admin", route.IMPORT, route.ImportRoute(text='code = "x"'), INVALID),
        ("admin", route.CLOSE, route.CloseRoute(route="нет"), FORBIDDEN),
    )
    for login, operation, request, status in cases:
        with pytest.raises(SedError) as refused:
            office.as_(login).call(operation, request, BECAUSE)
        assert refused.value.exit_code == status, (login, operation.name, refused.value)
    assert events(office) == before
