"""What waits for a signature: exactly what its signatory may sign now, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sed_tui.domain.signing import SigningScope
from sed_tui.operations import approval, draft, route
from sed_tui.operations import signing_right as rights
from sed_tui.operations.signing_list import LIST, ListToSign
from sed_tui.operations.substitution import ADD as SUBSTITUTE
from sed_tui.operations.substitution import AddSubstitution
from tests.handlers.drafts import drafted

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock
    from tests.handlers.assignments import Office

HEAD, DEPUTY = "golova", "sidorov"
ROUTE = """
code = "letters"
[when]
flow = ["outgoing"]
[[stage]]
name = "Визы"
kind = "approval"
performers = ["sidorov"]
[[stage]]
kind = "signing"
"""


def waits(gateway: LocalGateway, scope: SigningScope = SigningScope.MINE) -> list[str]:
    return [row.subject for row in gateway.call(LIST, ListToSign(scope=scope)).rows]


def agree(office: Office, letter: draft.Draft) -> None:
    office.as_("petrov").call(approval.START, approval.StartApproval(document=str(letter.id)))
    decision = approval.ApproveDraft(document=str(letter.id), version=1)
    office.as_(DEPUTY).call(approval.APPROVE, decision)


def test_a_draft_waits_for_its_signatory_once_nobody_is_left_to_agree(office: Office) -> None:
    office.as_("admin").call(route.IMPORT, route.ImportRoute(text=ROUTE))
    author, head = office.as_("petrov"), office.as_(HEAD)
    agreed = drafted(author, subject="Согласованный")
    drafted(author, subject="Ещё пишут")
    drafted(author, subject="Чужой", signatory=DEPUTY)
    drafted(author, flow="order", subject="Без виз", addressees=[])
    assert waits(head) == ["Без виз"]

    agree(office, agreed)

    assert waits(head) == ["Согласованный", "Без виз"]
    assert waits(office.as_(DEPUTY)) == []
    first = head.call(LIST, ListToSign(limit=1))
    rest = head.call(LIST, ListToSign(after=first.next))
    assert [row.subject for row in (*first.rows, *rest.rows)] == waits(head)


def test_what_names_nobody_waits_for_whoever_has_a_right_to_sign(office: Office) -> None:
    admin, author = office.as_("admin"), office.as_("petrov")
    admin.call(route.IMPORT, route.ImportRoute(text=ROUTE.partition("[[stage]]\nkind")[0]))
    letter = drafted(author, subject="Ничей", signatory=None)
    agree(office, letter)
    assert waits(office.as_(HEAD)) == []

    admin.call(rights.ADD, rights.AddSigningRight(employee=HEAD))

    assert waits(office.as_(HEAD)) == ["Ничей"]


def test_a_substitute_sees_the_queue_of_the_absent_apart(office: Office, clock: FixedClock) -> None:
    drafted(office.as_("petrov"), subject="Ждёт главу")
    deputy, today = office.as_(DEPUTY), clock.now().date()
    assert waits(deputy, SigningScope.SUBSTITUTED) == []

    stand_in = AddSubstitution(
        absent=HEAD, substitute=DEPUTY, starts_on=today, ends_on=today + timedelta(days=3)
    )
    office.as_("admin").call(SUBSTITUTE, stand_in)

    assert waits(deputy) == []
    assert waits(office.as_(DEPUTY), SigningScope.SUBSTITUTED) == ["Ждёт главу"]
