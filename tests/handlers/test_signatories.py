"""Several signatories, a signatory who refuses, and the disagreements he is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.approval_flow import RunState
from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.signing import SigningScope
from sed_tui.errors import Invalid
from sed_tui.errors.approvals import CommentWanted
from sed_tui.errors.drafts import AlreadySigned, ApprovalUnderWay, NotOnApproval, VersionOutdated
from sed_tui.errors.signing import NotTheSignatory, SignedAlready
from sed_tui.operations import approval, draft, route, signing
from sed_tui.operations.signing_list import LIST, ListToSign
from sed_tui.operations.signing_refusal import REFUSE, RefuseSigning
from sed_tui.operations.substitution import ADD as SUBSTITUTE
from sed_tui.operations.substitution import AddSubstitution
from tests.handlers.drafts import drafted, next_version
from tests.handlers.signers import HEAD, Signing

if TYPE_CHECKING:
    from sed_tui.gost.cms.writing import KeySigner
    from tests.conftest import FixedClock

DEPUTY, LAWYER = "sidorov", "kuznec"
ROUTE = """
code = "letters"
[[stage]]
name = "Визы"
kind = "approval"
performers = ["kuznec"]
[[stage]]
kind = "signing"
"""


@pytest.fixture
def deputy(signing_office: Signing) -> KeySigner:
    """Let the deputy sign too."""
    signer = signing_office.authority.signer("Сидоров Иван Иванович")
    signing_office.hold(DEPUTY, signer)
    signing_office.allow(DEPUTY)
    return signer


def approved(office: Signing, **fields: Any) -> draft.Draft:
    office.admin.call(route.IMPORT, route.ImportRoute(text=ROUTE))
    made = drafted(office.office.as_("petrov"), **fields)
    start(office, made)
    agree(office, made)
    return made


def start(office: Signing, made: draft.Draft) -> None:
    office.office.as_("petrov").call(approval.START, approval.StartApproval(document=str(made.id)))


def agree(office: Signing, made: draft.Draft, version: int = 1) -> approval.ApprovalSheet:
    request = approval.ApproveDraft(document=str(made.id), version=version)
    return office.office.as_(LAWYER).call(approval.APPROVE, request)


def refuse(
    office: Signing, made: draft.Draft, login: str = HEAD, **fields: Any
) -> approval.ApprovalSheet:
    given = {"document": str(made.id), "version": 1, "comment": "Не та сумма", **fields}
    return office.office.as_(login).call(REFUSE, RefuseSigning.model_validate(given))


def waiting(office: Signing, login: str) -> list[str]:
    request = ListToSign(scope=SigningScope.MINE)
    return [row.subject for row in office.office.as_(login).call(LIST, request).rows]


def test_a_draft_is_signed_when_all_whom_it_names_have_signed(
    signing_office: Signing, deputy: KeySigner
) -> None:
    made = signing_office
    letter = drafted(made.office.as_("petrov"), cosignatories=[DEPUTY])
    assert letter.cosignatories == ["Сидоров Иван Иванович"]
    assert waiting(made, HEAD) == waiting(made, DEPUTY) == [letter.subject]

    (first,) = made.sign(DEPUTY, deputy, letter)
    half = made.shown(letter)
    assert first.signed is not None
    assert (half.stage, first.signed.others) == (Stage.DRAFT, ["Головин Пётр Ильич"])
    assert (waiting(made, DEPUTY), waiting(made, HEAD)) == ([], [letter.subject])
    assert isinstance(made.refusal(DEPUTY, deputy, letter), SignedAlready)

    assert made.refusal(HEAD, made.head, letter) is None
    done = made.shown(letter)
    assert (done.stage, done.signatory) == (
        Stage.SIGNED,
        "Головин Пётр Ильич, Сидоров Иван Иванович",
    )
    names = sorted(row.signature for row in done.signatures)
    assert names == ["письмо.txt.2.p7s", "письмо.txt.p7s"]
    assert {row.result for row in done.signatures} == {"valid"}


def test_a_new_version_has_to_be_signed_by_all_anew(
    signing_office: Signing, deputy: KeySigner
) -> None:
    made = signing_office
    letter = drafted(made.office.as_("petrov"), cosignatories=[DEPUTY])
    made.sign(DEPUTY, deputy, letter)
    next_version(made.office.as_("petrov"), letter, "Иной текст.\n")

    made.sign(HEAD, made.head, letter)
    assert made.shown(letter).stage is Stage.DRAFT
    made.sign(DEPUTY, deputy, letter)
    assert made.shown(letter).stage is Stage.SIGNED


def test_a_substitute_signs_for_one_of_them_and_never_for_both(
    signing_office: Signing, deputy: KeySigner, clock: FixedClock
) -> None:
    made = signing_office
    today = clock.now().date()
    made.admin.call(
        SUBSTITUTE,
        AddSubstitution(absent=HEAD, substitute=DEPUTY, starts_on=today, ends_on=today),
    )
    letter = drafted(made.office.as_("petrov"), cosignatories=[DEPUTY])

    made.sign(DEPUTY, deputy, letter)
    assert isinstance(made.refusal(DEPUTY, deputy, letter), SignedAlready)
    assert made.shown(letter).stage is Stage.DRAFT
    assert made.refusal(HEAD, made.head, letter) is None
    assert made.shown(letter).stage is Stage.SIGNED


def test_nobody_is_named_twice_and_the_first_is_named_first(signing_office: Signing) -> None:
    petrov = signing_office.office.as_("petrov")
    for fields in (
        {"cosignatories": [HEAD]},
        {"cosignatories": [DEPUTY, DEPUTY]},
        {"cosignatories": [DEPUTY], "signatory": None},
    ):
        with pytest.raises(Invalid):
            drafted(petrov, **fields)
    letter = drafted(petrov, cosignatories=[DEPUTY])
    revise = draft.ReviseDraft(document=str(letter.id), changes={"signatory": DEPUTY})
    assert petrov.call(draft.REVISE, revise).cosignatories == []
    both = draft.ReviseDraft(
        document=str(letter.id), changes={"cosignatories": f"{HEAD}; {LAWYER}"}
    )
    assert len(petrov.call(draft.REVISE, both).cosignatories) == len((HEAD, LAWYER))


def test_a_signatory_refuses_and_another_round_begins(signing_office: Signing) -> None:
    made = signing_office
    letter = approved(made)
    sheet = refuse(made, letter)

    assert (sheet.state, sheet.stage, sheet.round) == (RunState.REWORK, Stage.REWORK, 1)
    last = sheet.rows[-1]
    assert (last.kind, last.result, last.comment, last.is_mandatory) == (
        *("signing", "sent_back", "Не та сумма"),
        True,
    )
    assert [one.text for one in sheet.remarks] == ["Не та сумма"]

    petrov = made.office.as_("petrov")
    given = {"document": str(letter.id), "remark": 1, "is_taken": False, "text": "Верна"}
    petrov.call(approval.ANSWER, approval.AnswerRemark.model_validate(given))
    next_version(petrov, letter, "Иная сумма.\n")
    start(made, letter)
    again = agree(made, letter, version=2)

    assert (again.state, again.stage, again.round) == (RunState.APPROVED, Stage.APPROVED, 2)
    check = signing.CheckSigning(document=str(letter.id))
    told = made.office.as_(HEAD).call(signing.CHECK, check).disagreements
    assert [(one.number, one.answer) for one in told] == [(1, "Верна")]
    assert made.refusal(HEAD, made.head, letter) is None


def test_a_refusal_has_its_reason_its_version_and_its_signatory(signing_office: Signing) -> None:
    made = signing_office
    letter = approved(made)
    for login, fields, failure in (
        (HEAD, {"comment": None}, CommentWanted),
        (HEAD, {"version": 2}, VersionOutdated),
        (LAWYER, {}, NotTheSignatory),
    ):
        with pytest.raises(failure):
            refuse(made, letter, login, **fields)
    assert made.shown(letter).stage is Stage.APPROVED

    made.sign(HEAD, made.head, letter)
    with pytest.raises(AlreadySigned):
        refuse(made, letter)
    other = drafted(made.office.as_("petrov"))
    with pytest.raises(NotOnApproval):
        refuse(made, other)
    start(made, other)
    with pytest.raises(ApprovalUnderWay):
        refuse(made, other)
