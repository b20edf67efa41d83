"""What the store has lost or spoiled is found, and nobody decides about it, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from sed_tui.domain.access import PEOPLE
from sed_tui.domain.actor import Actor
from sed_tui.errors.files import ContentDamaged, FileDamaged, FileLost
from sed_tui.handlers.content_holders import holders_of
from sed_tui.operations import approval, content, draft, draft_version, route
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.audit import VERIFY as VERIFY_TRAIL
from sed_tui.operations.audit import VerifyAudit
from sed_tui.operations.file import ADD as ADD_FILE
from sed_tui.operations.file import AddFile
from sed_tui.operations.intake_letter import REGISTER, RegisterLetter
from sed_tui.storage.kept_contents import KEPT
from tests.handlers.drafts import drafted, next_version, text_file
from tests.handlers.signers import HEAD
from tests.handlers.test_intake import take, written

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.handlers.assignments import Office
    from tests.handlers.signers import Signing

ROUTE = """
code = "letters"
[[stage]]
kind = "approval"
performers = ["sidorov"]
"""


def stored(settings: Settings, sha256: str) -> Path:
    return settings.files / sha256[:2] / sha256[2:4] / sha256


def spoil(settings: Settings, sha256: str) -> None:
    """Change one bit of a stored content."""
    path = stored(settings, sha256)
    held = path.read_bytes()
    path.write_bytes(bytes([held[0] ^ 1]) + held[1:])


def every(gateway: LocalGateway, limit: int = 200) -> tuple[list[content.SpoiledFile], int]:
    """Read everything, page by page."""
    rows, read, after = [], 0, None
    while True:
        page = gateway.call(content.VERIFY, content.VerifyContents(after=after, limit=limit))
        rows += page.rows
        read += page.read
        if page.next is None:
            return rows, read
        after = page.next


def test_any_stored_byte_changed_or_lost_is_found_whoever_holds_it(
    office: Office, settings: Settings
) -> None:
    admin = office.as_("admin")
    paper = drafted(office.as_("petrov"), "Первая редакция\n")
    next_version(office.as_("petrov"), paper, "Вторая редакция\n")
    old = paper.versions[0].files[0].sha256
    number = office.letter()
    added = admin.call(ADD_FILE, AddFile(document=number, files=(text_file(admin, "Вложение"),)))
    take(admin, written())
    order = str(office.issue(document=number).id)
    report = (text_file(office.as_("petrov"), "Справка", "справка.txt"),)
    office.as_("petrov").call(
        REPORT, ReportAssignment(assignment=order, text="Готово", files=report)
    )
    assert every(admin) == ([], 6)

    for path in settings.files.glob("??/??/*"):
        held = path.read_bytes()
        path.write_bytes(held[:-1] + bytes([held[-1] ^ 1]))
        (row, *others) = every(admin, limit=2)[0]
        assert (row.result, row.reasons, row.sha256) == ("invalid", ["store_damaged"], path.name)
        assert not others
        path.write_bytes(held)
    stored(settings, old).unlink()
    (row,) = every(admin)[0]
    assert (row.kind, row.document, row.file) == ("document", paper.id, "письмо.txt")
    assert (row.file_version, row.reasons) == (1, ["store_lost"])

    spoil(settings, added.rows[0].sha256)
    seen = {row.number: row.reasons for row in every(office.as_("golova"))[0]}
    assert seen == {None: ["store_lost"], number: ["store_damaged"]}


def test_nobody_decides_about_or_reads_a_version_whose_bytes_are_others(
    office: Office, settings: Settings
) -> None:
    office.as_("admin").call(route.IMPORT, route.ImportRoute(text=ROUTE))
    petrov, sidorov = office.as_("petrov"), office.as_("sidorov")
    paper = drafted(petrov)
    document, (file,) = str(paper.id), paper.versions[0].files
    petrov.call(approval.START, approval.StartApproval(document=document))
    before = office.as_("admin").call(VERIFY_TRAIL, VerifyAudit()).organizations[0].events
    held = stored(settings, file.sha256).read_bytes()
    spoil(settings, file.sha256)

    seen = {"document": document, "version": 1}
    with pytest.raises(FileDamaged) as refused:
        sidorov.call(approval.APPROVE, approval.ApproveDraft.model_validate(seen))
    assert refused.value.exit_code == 7
    assert document[:8] in str(refused.value)
    assert "письмо.txt" in str(refused.value)
    assert "db check --deep" in (refused.value.advice or "")
    said = {**seen, "comment": "Уточнить"}
    with pytest.raises(FileDamaged):
        sidorov.call(approval.REMARK, approval.RemarkDraft.model_validate(said))
    with pytest.raises(FileDamaged):
        sidorov.call(approval.REWORK, approval.SendBackDraft.model_validate(said))
    with pytest.raises(FileDamaged):
        petrov.call(draft_version.READ, draft_version.ReadVersion(document=document))
    stored(settings, file.sha256).unlink()
    with pytest.raises(FileLost):
        petrov.call(draft_version.READ, draft_version.ReadVersion(document=document))
    shown = petrov.call(draft.SHOW, draft.ShowDraft(document=document))
    assert shown.stage == "on_approval"
    after = office.as_("admin").call(VERIFY_TRAIL, VerifyAudit()).organizations[0].events
    assert after == before

    stored(settings, file.sha256).write_bytes(held)
    sidorov.call(approval.APPROVE, approval.ApproveDraft.model_validate(seen))


def test_what_is_signed_is_whole_or_the_refusal_names_the_file(
    signing_office: Signing, settings: Settings
) -> None:
    petrov = signing_office.office.as_("petrov")
    bad, good = (drafted(petrov, text) for text in ("Первое", "Второе"))
    spoil(settings, bad.versions[0].files[0].sha256)

    refused, signed = signing_office.sign(HEAD, signing_office.head, bad, good)
    assert isinstance(refused.failure, FileDamaged)
    assert (refused.failure.details["name"], signed.outcome.value) == ("письмо.txt", "signed")
    assert str(bad.id)[:8] in str(refused.failure)
    assert signing_office.shown(bad).stage == "draft"


def test_a_comparison_of_spoiled_versions_is_refused(office: Office, settings: Settings) -> None:
    petrov = office.as_("petrov")
    paper = drafted(petrov, "Первая редакция\n")
    next_version(petrov, paper, "Вторая редакция\n")
    spoil(settings, paper.versions[0].files[0].sha256)

    with pytest.raises(FileDamaged):
        petrov.call(draft_version.DIFF, draft_version.DiffVersions(document=str(paper.id)))
    second = draft_version.ReadVersion(document=str(paper.id))
    assert petrov.call(draft_version.READ, second).number == 2


def test_a_letter_with_a_spoiled_file_is_not_registered_by_other_bytes(
    office: Office, settings: Settings
) -> None:
    admin = office.as_("admin")
    taken = take(admin, written())
    for path in settings.files.glob("??/??/*"):
        spoil(settings, path.name)

    with pytest.raises(ContentDamaged):
        admin.call(REGISTER, RegisterLetter(letter=str(taken.id)))


def test_whatever_names_contents_is_among_what_is_read() -> None:
    everything = Actor(
        *(uuid4(), "admin", "Иванова", uuid4(), "01", PEOPLE),
        clearance=True,
    )

    read = {(one.sha256.table.name, one.sha256.name) for one in holders_of(everything)}

    assert read == {(column.table.name, column.name) for column in KEPT}
