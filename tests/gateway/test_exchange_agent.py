"""What the agent of MEDO could not carry is news of our own messages, and never a letter."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.errors.exchange_messages import CannotBeReleased
from sed_tui.gateway.exchange_folder import FolderDriver
from sed_tui.gateway.exchange_round import receive, send
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument, ListDispatches
from sed_tui.operations.dispatch import LIST as DISPATCHES
from sed_tui.operations.exchange_agent import TAKE, TakeAgentNews
from sed_tui.operations.exchange_inbox import TakeOutcome
from sed_tui.operations.exchange_journal import LIST, SHOW, ListMessages, ShowMessage
from sed_tui.operations.exchange_outbox import RETRY, RetryMessage
from sed_tui.operations.exchange_quarantine import RELEASE, ReleaseMessage, RetryQuarantined
from sed_tui.operations.exchange_quarantine import RETRY as LOOK_AGAIN
from sed_tui.operations.organization_quota import SET as QUOTA
from sed_tui.operations.organization_quota import SetQuota
from sed_tui.operations.registry import CallOptions
from tests.handlers.exchange_partners import FILES, add_partner, letter_message, letter_to, packed

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.exchange_inbox import PackageTaken

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
OPTIONS = CallOptions(source="connector")


@pytest.fixture
def queue(gateway: LocalGateway, tmp_path: Path) -> Path:
    """Return the queue of an agent, which leads to the partner."""
    for name in ("ToSend", "in", "Error"):
        (tmp_path / name).mkdir()
    add_partner(gateway, address=str(tmp_path / "ToSend"), inbox=str(tmp_path / "in"))
    return tmp_path / "ToSend"


def heard(gateway: LocalGateway) -> list[PackageTaken]:
    troubles: list[tuple[str, str]] = []
    driver = FolderDriver(settled_seconds=0)
    found = [one for _name, one in receive(gateway, [driver], OPTIONS, 100, troubles)]
    assert troubles == []
    return found


def test_a_letter_that_was_not_carried_says_why_and_goes_once_more(
    gateway: LocalGateway, queue: Path
) -> None:
    letter = letter_to(gateway)
    gateway.call(DISPATCH, DispatchDocument(document=letter.number))
    send(gateway, [FolderDriver()], OPTIONS)
    [package] = queue.iterdir()
    package.rename(queue.parent / "Error" / package.name)
    reason = f"Пакет {package.name.upper()}: адресат PRAV~MEDOGU\r\nне найден"
    (queue.parent / "Error" / "00017.ERR").write_bytes(reason.encode("cp1251"))

    news = heard(gateway)
    [row] = gateway.call(DISPATCHES, ListDispatches(document=letter.number)).rows
    history = gateway.call(SHOW, ShowMessage(message=str(row.message))).history
    again = heard(gateway)
    gateway.call(RETRY, RetryMessage(message=str(row.message)))
    sent = send(gateway, [FolderDriver()], OPTIONS).sent

    assert {one.outcome for one in news} == {TakeOutcome.TAKEN}
    assert row.exchange_state is MessageState.NOT_CARRIED
    assert "не найден" in (row.trouble or "")
    assert ("not_carried", "not_carried") in [(one.event, one.state.value) for one in history]
    assert again == []
    assert sent == 1
    assert [one.name for one in queue.iterdir()] == [package.name]


def test_errors_that_name_no_message_of_ours_are_kept_and_are_no_letters(
    gateway: LocalGateway, queue: Path
) -> None:
    inbox = queue.parent / "in"
    (inbox / "0001.ERR").write_bytes(b"\x00\xff\xfe" * 1000)
    (inbox / "error" / "0002").mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(packed(letter_message(gateway), FILES))) as package:
        package.extractall(inbox / "error" / "0002")

    kept = heard(gateway)
    letters = gateway.call(LIST, ListMessages(kind=MessageKind.LETTER)).rows

    assert [one.outcome for one in kept] == [TakeOutcome.QUARANTINED] * 2
    assert letters == []
    for one in kept:
        with pytest.raises(CannotBeReleased):
            gateway.call(RELEASE, ReleaseMessage(message=str(one.id)))
        with pytest.raises(CannotBeReleased):
            gateway.call(LOOK_AGAIN, RetryQuarantined(message=str(one.id)))
    assert len(gateway.call(LIST, ListMessages(direction=Direction.IN)).rows) == 2
    assert heard(gateway) == []


def test_news_that_there_is_no_room_for_stays_and_holds_nothing_up(
    gateway: LocalGateway, queue: Path
) -> None:
    inbox, letter = queue.parent / "in", letter_to(gateway)
    for number in range(3):
        (inbox / f"000{number}.ERR").write_bytes(b"no such address %d" % number)
    gateway.call(DISPATCH, DispatchDocument(document=letter.number))
    limited = SetQuota(organization="01", allowed_bytes=1)
    gateway.call(QUOTA, limited)
    troubles: list[tuple[str, str]] = []
    drivers = [FolderDriver(settled_seconds=0)]

    taken = list(receive(gateway, drivers, OPTIONS, 100, troubles))
    sent = send(gateway, drivers, OPTIONS).sent

    assert (taken, sent) == ([], 1)
    assert [place for place, _trouble in troubles] == [str(inbox)]
    assert "1" in troubles[0][1]
    assert len(list(inbox.iterdir())) == 3
    gateway.call(QUOTA, limited.model_copy(update={"allowed_bytes": None}))
    assert len(heard(gateway)) == 3


def test_a_message_is_named_by_the_text_of_an_error_alone_and_by_its_own_place(
    gateway: LocalGateway, queue: Path
) -> None:
    letter = letter_to(gateway)
    gateway.call(DISPATCH, DispatchDocument(document=letter.number))
    send(gateway, [FolderDriver()], OPTIONS)
    [package] = queue.iterdir()

    def told(source: Path) -> TakeOutcome:
        token = gateway.stage(io.BytesIO(f"нет связи {package.name}".encode()))
        request = TakeAgentNews(source=str(source), name="1.ERR", token=token)
        return gateway.call(TAKE, request).outcome

    assert told(queue.parent / "elsewhere") is TakeOutcome.QUARANTINED
    assert told(queue) is TakeOutcome.TAKEN
