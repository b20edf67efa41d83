"""Cards: shown, edited with their history, linked, named by what a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.flows import Flow
from sed_tui.domain.links import LinkKind
from sed_tui.errors import NotFound, SedError
from sed_tui.errors.links import LinkCycle, LinkExists, LinkToItself, NoSuchLink
from sed_tui.errors.references import Ambiguous, ChangedMeanwhile
from sed_tui.errors.registration import DateInFuture, FieldFixed, NotRegistered, ReasonNeeded
from sed_tui.operations.document import (
    EDIT,
    HISTORY,
    SHOW,
    EditDocument,
    ShowDocument,
    ShowHistory,
)
from sed_tui.operations.document_kind import LIST as KINDS
from sed_tui.operations.document_kind import ListKinds
from sed_tui.operations.journal import ADD, AddJournal
from sed_tui.operations.link import (
    LINK,
    UNLINK,
    LinkDocuments,
    ListLinks,
    UnlinkDocuments,
)
from sed_tui.operations.link import LIST as LINKS
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.reregistration import CANCEL, CancelRegistration
from tests.handlers.letters import appeal, letter, order

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway


def test_an_edit_is_in_the_history_with_before_and_after(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())
    changes = {"subject": "О другом", "sheets": 3, "their_date": "19.11.2026"}
    card = gateway.call(
        EDIT, EditDocument(document="01-23/1", changes=changes), CallOptions(reason="опечатка")
    )

    [edited, registered] = gateway.call(HISTORY, ShowHistory(document="01-23/1")).rows

    assert (card.subject, card.sheets, card.version) == ("О другом", 3, 2)
    assert edited.changes == {
        "sheets": [None, 3],
        "subject": ["О представлении сведений", "О другом"],
        "their_date": ["2026-11-20", "2026-11-19"],
    }
    assert (edited.reason, registered.event) == ("опечатка", "register")


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({"number": "7"}, FieldFixed),
        ({"registered_on": "2026-01-01"}, FieldFixed),
        ({"journal": "05-11"}, FieldFixed),
        ({"subject": ""}, SedError),
        ({"their_date": "31.02.2026"}, SedError),
        ({"their_date": "24.11.2026"}, DateInFuture),
        ({"sheets": "много"}, SedError),
        ({"their_number": None}, SedError),
    ],
)
def test_an_edit_that_a_registration_would_refuse_is_refused(
    gateway: LocalGateway, changes: dict[str, str | int | None], failure: type[SedError]
) -> None:
    gateway.call(REGISTER, letter())

    with pytest.raises(failure):
        gateway.call(EDIT, EditDocument(document="01-23/1", changes=changes))

    assert gateway.call(SHOW, ShowDocument(document="01-23/1")).version == 1


def test_an_edit_of_what_changed_meanwhile_is_a_conflict(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())
    gateway.call(EDIT, EditDocument(document="01-23/1", changes={"note": "раз"}, version=1))

    changes = {"note": "два", "correspondent": "Минтруд", "their_date": "2026-11-19"}
    with pytest.raises(ChangedMeanwhile, match="you saw version 1, it is at 2 now") as failure:
        gateway.call(EDIT, EditDocument(document="01-23/1", changes=changes, version=1))

    assert failure.value.as_problem()["differences"] == [
        {"field": "note", "now": "раз", "yours": "два"},
        {"field": "their_date", "now": "2026-11-20", "yours": "2026-11-19"},
        {"field": "correspondent", "now": "Минздрав", "yours": "Минтруд"},
    ]


def test_a_document_is_named_in_many_ways(gateway: LocalGateway) -> None:
    result = gateway.call(REGISTER, letter())

    names = ["01-23/1", "01-23:01-23/1", "01-23/1@2026", str(result.id), result.id.hex[:8]]

    assert {gateway.call(SHOW, ShowDocument(document=name)).id for name in names} == {result.id}


def test_an_ambiguous_number_lists_the_candidates(gateway: LocalGateway) -> None:
    second = AddJournal(code="В", name="В", flow=Flow.ORDER, formula="{ordinal}-р")
    gateway.call(ADD, second)
    gateway.call(REGISTER, order())
    gateway.call(REGISTER, order(journal="В"))

    with pytest.raises(Ambiguous, match=r"р:1-р@2026"):
        gateway.call(SHOW, ShowDocument(document="1-р"))

    assert gateway.call(SHOW, ShowDocument(document="В:1-р")).journal == "В"


def test_what_is_not_there_is_not_found(gateway: LocalGateway) -> None:
    with pytest.raises(NotFound):
        gateway.call(SHOW, ShowDocument(document="77"))


def test_links_have_inverses_and_no_doubles(gateway: LocalGateway) -> None:
    for n in range(2):
        gateway.call(REGISTER, order(subject=f"Приказ {n}"))
    revoke = LinkDocuments(document="2-р", kind=LinkKind.REVOKES, target="1-р")
    gateway.call(LINK, revoke)

    [seen] = gateway.call(LINKS, ListLinks(document="1-р")).rows
    with pytest.raises(LinkExists):
        gateway.call(LINK, LinkDocuments(document="1-р", kind=LinkKind.REVOKED_BY, target="2-р"))
    with pytest.raises(LinkToItself):
        gateway.call(LINK, LinkDocuments(document="1-р", kind=LinkKind.REVOKES, target="1-р"))

    assert (seen.kind, seen.number) == ("revoked_by", "2-р")


def test_a_link_is_taken_away_from_either_side(gateway: LocalGateway) -> None:
    for n in range(2):
        gateway.call(REGISTER, order(subject=f"Приказ {n}"))
    gateway.call(LINK, LinkDocuments(document="2-р", kind=LinkKind.AMENDS, target="1-р"))
    unlink = UnlinkDocuments(document="1-р", kind=LinkKind.AMENDED_BY, target="2-р")

    assert gateway.call(UNLINK, unlink).rows == []
    with pytest.raises(NoSuchLink):
        gateway.call(UNLINK, unlink)


def test_replacements_never_run_in_a_circle(gateway: LocalGateway) -> None:
    for n in range(3):
        gateway.call(REGISTER, order(subject=f"Приказ {n}"))
    for newer, older in (("2-р", "1-р"), ("3-р", "2-р")):
        link = LinkDocuments(document=newer, kind=LinkKind.REPLACES, target=older)
        gateway.call(LINK, link)

    with pytest.raises(LinkCycle):
        gateway.call(LINK, LinkDocuments(document="1-р", kind=LinkKind.REPLACES, target="3-р"))


def test_a_cancelled_document_keeps_its_card_and_loses_its_number(gateway: LocalGateway) -> None:
    result = gateway.call(REGISTER, order())
    cancel = CancelRegistration(document="1-р")
    with pytest.raises(ReasonNeeded):
        gateway.call(CANCEL, cancel)

    gateway.call(CANCEL, cancel, CallOptions(reason="дважды"))
    card = gateway.call(SHOW, ShowDocument(document=str(result.id)))

    assert (card.number, card.registered_on, card.lifecycle) == (None, None, "cancelled")
    with pytest.raises(NotRegistered):
        gateway.call(
            CANCEL, CancelRegistration(document=str(result.id)), CallOptions(reason="снова")
        )


def test_kinds_are_listed_with_the_default_first(gateway: LocalGateway) -> None:
    rows = gateway.call(KINDS, ListKinds(flow=Flow.INCOMING)).rows

    assert (rows[0].name, rows[0].is_registered) == ("письмо", True)
    assert {row.name for row in rows if not row.is_registered} >= {"реклама", "приглашение"}


def test_looking_at_an_official_use_card_is_recorded(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter(confidentiality="official"))
    gateway.call(SHOW, ShowDocument(document="01-23/1"))

    events = [row.event for row in gateway.call(HISTORY, ShowHistory(document="01-23/1")).rows]

    assert events == ["view", "register"]


def test_looking_at_an_ordinary_card_is_not(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())
    gateway.call(SHOW, ShowDocument(document="01-23/1"))

    assert len(gateway.call(HISTORY, ShowHistory(document="01-23/1")).rows) == 1


def test_the_history_tells_personal_values_in_words(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, appeal())

    [entry] = gateway.call(HISTORY, ShowHistory(document="ОГ-1/26")).rows

    assert entry.changes["reply_address"] == [None, "г. Тюмень, ул. Ленина, 1"]
