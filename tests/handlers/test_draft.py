"""Drafts, their versions, their number and their dispatch, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.flows import Confidentiality, Flow
from sed_tui.domain.text_difference import LineSign
from sed_tui.errors.drafts import (
    AlreadyDispatched,
    AlreadySent,
    DraftDiscarded,
    DraftRegistered,
    NoOutsideAddressee,
    NoSuchVersion,
    NotADraft,
    NotDraftedFlow,
    NothingDrafted,
    NotSigned,
    NotYetRegistered,
    NotYourDraft,
    OfficialUseDraft,
    SameVersion,
    StillADraft,
    VersionOutdated,
)
from sed_tui.errors.files import SameFileTwice
from sed_tui.errors.numbering import NumberTaken
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.errors.registration import FieldNeeded, ReasonNeeded
from sed_tui.operations import dispatch, draft, draft_list, draft_registration, draft_version
from sed_tui.operations.document import EDIT, HISTORY, EditDocument, ShowHistory
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.file import ADD as ADD_FILE
from sed_tui.operations.file import AddFile
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.registry import CallOptions
from tests.handlers.drafts import drafted, next_version, text_file
from tests.handlers.letters import TODAY, outgoing

if TYPE_CHECKING:
    from sed_tui.errors import SedError
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registration import Registered
    from tests.handlers.assignments import Office

BECAUSE = CallOptions(reason="Не понадобилось")
ON_PAPER = {"signatory": "Головин П.И.", "signed_on": TODAY}


def register(office: Office, document: object, **fields: object) -> Registered:
    request = draft_registration.RegisterDraft.model_validate({"document": str(document), **fields})
    return office.as_("admin").call(draft_registration.REGISTER, request)


def shown(gateway: LocalGateway, document: object) -> draft.Draft:
    return gateway.call(draft.SHOW, draft.ShowDraft(document=str(document)))


def test_a_draft_has_no_number_and_is_seen_by_its_author_and_its_signatory(office: Office) -> None:
    made = drafted(office.as_("petrov"))

    assert (made.number, made.stage, made.version) == (None, Stage.DRAFT, 1)
    assert made.signatory == "Головин Пётр Ильич"
    assert made.unit == "Отдел А"
    for login, count in (("petrov", 1), ("golova", 1), ("kuznec", 0)):
        rows = office.as_(login).call(draft_list.LIST, draft_list.ListDrafts()).rows
        assert len(rows) == count


def test_pages_of_drafts_follow_each_other_and_narrow_to_a_stage(office: Office) -> None:
    petrov = office.as_("petrov")
    ids = [drafted(petrov, subject=f"Письмо {n}").id for n in range(3)]
    drafted(office.as_("golova"), subject="Чужое")

    first = petrov.call(draft_list.LIST, draft_list.ListDrafts(limit=2, mine=True))
    rest = petrov.call(draft_list.LIST, draft_list.ListDrafts(after=first.next, mine=True))
    none = petrov.call(draft_list.LIST, draft_list.ListDrafts(stage=Stage.REGISTERED))
    assert [row.id for row in (*first.rows, *rest.rows)] == ids[::-1]
    assert (rest.next, none.rows) == (None, [])


def test_the_text_of_a_draft_is_found_and_a_changed_line_is_shown(office: Office) -> None:
    petrov = office.as_("petrov")
    made = drafted(petrov, "Первая строка\nВторая строка\n")
    added = next_version(petrov, made, "Первая строка\nВторая, исправленная\n", comment="Правка")

    found = petrov.call(LIST, ListDocuments(query="исправленная"))
    compared = petrov.call(draft_version.DIFF, draft_version.DiffVersions(document=str(made.id)))
    lines = [(line.sign, line.text) for line in compared.files[0].lines]
    assert [row.id for row in found.rows] == [made.id]
    assert (added.version.number, compared.old, compared.new) == (2, 1, 2)
    assert lines == [
        (LineSign.SAME, "Первая строка"),
        (LineSign.REMOVED, "Вторая строка"),
        (LineSign.ADDED, "Вторая, исправленная"),
    ]


def test_every_version_can_be_read_as_it_was(office: Office) -> None:
    petrov = office.as_("petrov")
    made = drafted(petrov, "Первый текст")
    next_version(petrov, made, "Второй текст")

    def read(number: int | None) -> tuple[int, list[str | None]]:
        request = draft_version.ReadVersion(document=str(made.id), number=number)
        found = petrov.call(draft_version.READ, request)
        return found.number, [file.text for file in found.files]

    assert read(None) == (2, ["Второй текст"])
    assert read(1) == (1, ["Первый текст"])
    with pytest.raises(NoSuchVersion):
        read(3)


def test_a_version_keeps_the_files_that_are_not_replaced(office: Office) -> None:
    petrov = office.as_("petrov")
    annex = text_file(petrov, "Таблица", "таблица.txt")
    made = drafted(petrov, files=(text_file(petrov, "Текст"), annex))
    next_version(petrov, made, "Другой текст")
    last = petrov.call(
        draft_version.ADD,
        draft_version.AddVersion(document=str(made.id), remove=("таблица.txt",), seen=2),
    )

    listed = petrov.call(draft_version.LIST, draft_version.ListVersions(document=str(made.id)))
    names = [[file.name for file in version.files] for version in listed.rows]
    assert names == [["письмо.txt"], *2 * [["письмо.txt", "таблица.txt"]]]
    assert len({version.digest for version in listed.rows}) == 3
    assert last.version.number == 3


@pytest.mark.parametrize(
    ("fields", "failure"),
    [
        ({"flow": Flow.INCOMING, "addressees": ()}, NotDraftedFlow),
        ({"files": ()}, NothingDrafted),
        ({"confidentiality": Confidentiality.OFFICIAL}, OfficialUseDraft),
    ],
)
def test_what_cannot_be_drafted_is_refused_and_nothing_stays(
    office: Office, fields: dict[str, Any], failure: type[SedError]
) -> None:
    with pytest.raises(failure):
        drafted(office.as_("petrov"), **fields)

    assert office.as_("admin").call(draft_list.LIST, draft_list.ListDrafts()).rows == []


def test_a_version_of_nothing_new_or_of_an_outdated_one_is_refused(office: Office) -> None:
    petrov = office.as_("petrov")
    made = drafted(petrov, "Текст")

    with pytest.raises(SameFileTwice):
        next_version(petrov, made, "Текст")
    with pytest.raises(SameVersion):
        petrov.call(draft_version.ADD, draft_version.AddVersion(document=str(made.id)))
    next_version(petrov, made, "Другой текст")
    with pytest.raises(VersionOutdated) as outdated:
        next_version(petrov, made, "Третий текст", seen=1)
    assert (outdated.value.exit_code, shown(petrov, made.id).version) == (5, 2)


def test_of_two_versions_made_at_once_one_is_a_conflict(office: Office) -> None:
    petrov = office.as_("petrov")
    made = drafted(petrov)
    texts = [text_file(petrov, text) for text in ("Один", "Другой")]

    def add(file: object) -> str:
        request = draft_version.AddVersion.model_validate(
            {"document": str(made.id), "files": [file], "seen": 1}
        )
        try:
            return str(petrov.call(draft_version.ADD, request).version.number)
        except (VersionOutdated, ChangedMeanwhile) as refused:
            return str(refused.exit_code)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(add, texts)) == ["2", "5"]


def test_only_the_author_and_the_office_change_a_draft(office: Office) -> None:
    made = drafted(office.as_("petrov"))

    with pytest.raises(NotYourDraft) as refused:
        next_version(office.as_("golova"), made, "Переписано")
    assert refused.value.exit_code == 4
    assert next_version(office.as_("pomosh"), made, "Выверено").version.number == 2


def test_the_card_of_a_draft_is_revised_and_its_history_tells(office: Office) -> None:
    petrov = office.as_("petrov")
    made = drafted(petrov)
    changes = {"subject": "Ответ", "addressees": "Минфин; Минздрав", "amount": "1 000"}
    request = draft.ReviseDraft(document=str(made.id), changes={**changes, "signatory": "pomosh"})
    revised = petrov.call(draft.REVISE, request)

    assert revised.addressees == ["Минфин", "Минздрав"]
    assert (revised.amount, revised.signatory) == (1000, "Помощникова Анна Юрьевна")
    events = petrov.call(HISTORY, ShowHistory(document=str(made.id))).rows
    assert [row.event for row in events] == ["revise", "add_version", "add_file", "draft"]
    assert events[0].changes["subject"] == ["Ответ на запрос", "Ответ"]
    other = {"changes": {"subject": "Отказ", "signatory": "golova", "note": "x"}}
    stale = request.model_copy(update={**other, "card_version": made.card_version})
    with pytest.raises(ChangedMeanwhile) as failure:
        petrov.call(draft.REVISE, stale)
    told = {one["field"]: one["now"] for one in failure.value.as_problem()["differences"]}
    assert told == {"subject": "Ответ", "signatory": revised.signatory, "note": None}


def test_a_draft_is_not_changed_like_a_registered_document(office: Office) -> None:
    admin = office.as_("admin")
    made = str(drafted(admin).id)

    with pytest.raises(StillADraft):
        admin.call(EDIT, EditDocument(document=made, changes={"subject": "Иное"}))
    with pytest.raises(StillADraft):
        admin.call(ADD_FILE, AddFile(document=made, files=(text_file(admin, "Ещё", "ещё.txt"),)))


def test_a_letter_signed_on_paper_gets_the_next_number_and_is_dispatched(office: Office) -> None:
    before = office.as_("admin").call(REGISTER, outgoing())
    made = drafted(office.as_("petrov"))
    given = register(office, made.id, **ON_PAPER)
    sent = office.as_("pomosh").call(
        dispatch.DISPATCH, dispatch.DispatchDocument(document=given.number, delivery="почта")
    )

    assert (before.number, given.number) == ("05-11/1", "05-11/2")
    assert shown(office.as_("petrov"), made.id).stage is Stage.DISPATCHED
    assert [(row.correspondent, row.delivery) for row in sent.rows] == [("Минздрав", "почта")]
    listed = office.as_("admin").call(dispatch.LIST, dispatch.ListDispatches(document=given.number))
    assert listed == sent
    assert office.as_("admin").call(draft_list.LIST, draft_list.ListDrafts()).rows == []


def test_an_internal_document_needs_no_signature(office: Office) -> None:
    made = drafted(office.as_("petrov"), flow=Flow.INTERNAL, addressees=())

    assert register(office, made.id).number == "ВН-1/26"


def test_every_step_out_of_order_is_refused_and_changes_nothing(office: Office) -> None:
    admin = office.as_("admin")
    made = drafted(office.as_("petrov"))
    send = dispatch.DispatchDocument(document=str(made.id))

    with pytest.raises(NotSigned):
        register(office, made.id)
    with pytest.raises(NotYetRegistered):
        admin.call(dispatch.DISPATCH, send)
    assert shown(admin, made.id) == made
    register(office, made.id, **ON_PAPER)
    with pytest.raises(DraftRegistered):
        next_version(admin, made, "Задним числом")
    with pytest.raises(DraftRegistered):
        register(office, made.id, **ON_PAPER)
    with pytest.raises(DraftRegistered):
        admin.call(draft.DISCARD, draft.DiscardDraft(document=str(made.id)), BECAUSE)
    admin.call(dispatch.DISPATCH, send)
    with pytest.raises(AlreadyDispatched):
        register(office, made.id)
    with pytest.raises(AlreadySent):
        admin.call(dispatch.DISPATCH, send)
    again = send.model_copy(update={"again": True})
    assert len(admin.call(dispatch.DISPATCH, again).rows) == 2


def test_a_refused_number_leaves_the_draft_a_draft(office: Office) -> None:
    taken = office.as_("admin").call(REGISTER, outgoing()).number
    made = drafted(office.as_("petrov"))

    with pytest.raises(NumberTaken):
        register(office, made.id, number=taken, **ON_PAPER)
    assert shown(office.as_("petrov"), made.id) == made
    assert register(office, made.id, **ON_PAPER).number == "05-11/2"


def test_a_letter_to_nobody_is_not_registered(office: Office) -> None:
    made = drafted(office.as_("petrov"), addressees=())

    with pytest.raises(FieldNeeded):
        register(office, made.id, **ON_PAPER)


def test_a_letter_is_dispatched_to_its_own_addressees_alone(office: Office) -> None:
    given = register(office, drafted(office.as_("petrov")).id, **ON_PAPER)
    request = dispatch.DispatchDocument(document=given.number, addressees=("Минфин",))

    with pytest.raises(NoOutsideAddressee):
        office.as_("admin").call(dispatch.DISPATCH, request)


def test_a_draft_is_discarded_for_a_reason_and_then_stays_as_it_is(office: Office) -> None:
    petrov = office.as_("petrov")
    made = drafted(petrov)
    request = draft.DiscardDraft(document=str(made.id))

    with pytest.raises(ReasonNeeded):
        petrov.call(draft.DISCARD, request)
    assert petrov.call(draft.DISCARD, request, BECAUSE).stage is Stage.DISCARDED
    with pytest.raises(DraftDiscarded):
        next_version(petrov, made, "Снова")


def test_a_document_that_was_never_drafted_has_no_versions(office: Office) -> None:
    admin = office.as_("admin")
    number = admin.call(REGISTER, outgoing()).number

    with pytest.raises(NotADraft):
        shown(admin, number)
    assert admin.call(dispatch.DISPATCH, dispatch.DispatchDocument(document=number)).rows


def test_a_draft_waits_for_registration_only_when_it_is_signed(office: Office) -> None:
    drafted(office.as_("petrov"))

    waiting = office.as_("admin").call(LIST, ListDocuments(query="unregistered"))
    assert waiting.rows == []
