"""The mark «for official use only», set and lifted after registration."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.flows import Confidentiality
from sed_tui.errors.input import BadRequest, UnknownField
from sed_tui.errors.registration import (
    FieldFixed,
    FieldOfOtherFlow,
    FilesHeld,
    MarkNotYours,
    OfficialUseFile,
    ReasonNeeded,
)
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.document import (
    EDIT,
    HISTORY,
    DocumentCard,
    EditDocument,
    ShowHistory,
)
from sed_tui.operations.file import ADD, AddFile, FileContent
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.registry import CallOptions
from tests.handlers.letters import appeal, letter, order, outgoing
from tests.handlers.people import add_people

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from tests.conftest import FixedClock

NUMBER = "01-23/1"


def edit(gateway: LocalGateway, reason: str | None = None, **changes: Any) -> DocumentCard:
    request = EditDocument(document=NUMBER, changes=changes)
    return gateway.call(EDIT, request, CallOptions(reason=reason))


def add_a_file(gateway: LocalGateway) -> None:
    content = FileContent(name="скан.txt", token=gateway.stage(BytesIO(b"text")))
    gateway.call(ADD, AddFile(document=NUMBER, files=(content,)))


@pytest.mark.parametrize("written", ["official", "ДСП", "для служебного пользования"])
def test_the_mark_is_set_and_lifted_for_a_reason_which_the_history_keeps(
    gateway: LocalGateway, written: str
) -> None:
    gateway.call(REGISTER, letter())

    marked = edit(gateway, "приказ 5", confidentiality=written)
    lifted = edit(gateway, "приказ 6", confidentiality=None)

    assert (marked.confidentiality, lifted.confidentiality) == ("official", "none")
    latest, earlier, _registered = gateway.call(HISTORY, ShowHistory(document=NUMBER)).rows
    assert (earlier.reason, earlier.changes) == (
        "приказ 5",
        {"confidentiality": ["none", "official"]},
    )
    assert (latest.reason, latest.changes) == (
        "приказ 6",
        {"confidentiality": ["official", "none"]},
    )


def test_the_mark_does_not_change_without_a_reason(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())
    with pytest.raises(ReasonNeeded):
        edit(gateway, confidentiality="official")
    with pytest.raises(BadRequest):
        edit(gateway, "так надо", confidentiality="совсекретно")

    assert edit(gateway, confidentiality="none").version == 1


def test_a_card_with_files_is_not_marked_and_a_marked_one_takes_none(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())
    add_a_file(gateway)
    with pytest.raises(FilesHeld) as refused:
        edit(gateway, "приказ 5", confidentiality="official")
    assert refused.value.details["count"] == 1

    gateway.call(REGISTER, letter(their_number="146/и", confidentiality="official"))
    content = FileContent(name="скан.txt", token=gateway.stage(BytesIO(b"text")))
    with pytest.raises(OfficialUseFile):
        gateway.call(ADD, AddFile(document="01-23/2", files=(content,)))


def test_only_the_cleared_lift_the_mark_and_everybody_else_reads_a_mask(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add_people(settings, ("reg", "Регистраторова Ольга Юрьевна", "registrar", "А"))
    gateway.call(REGISTER, letter())
    registrar = LocalGateway(replace(settings, login="reg"), clock)
    try:
        marked = edit(registrar, "приказ 5", confidentiality="official")
        with pytest.raises(MarkNotYours) as refused:
            edit(registrar, "хочу прочитать", confidentiality="none")
    finally:
        registrar.close()

    assert refused.value.exit_code == 4
    assert marked.subject == "For official use only"
    assert edit(gateway, "приказ 6", confidentiality="none").confidentiality is Confidentiality.NONE


def test_a_field_that_nobody_knows_is_invalid_and_a_fixed_one_is_refused(
    gateway: LocalGateway,
) -> None:
    gateway.call(REGISTER, letter())
    with pytest.raises(UnknownField) as unknown:
        edit(gateway, subjekt="О другом")
    with pytest.raises(FieldFixed) as fixed:
        edit(gateway, number="77")

    assert (unknown.value.exit_code, fixed.value.exit_code) == (3, 6)
    assert "subject" in unknown.value.advice


@pytest.mark.parametrize(
    "card",
    [
        letter(reply_address="г. Тюмень"),
        letter(addressees=["Минфин"]),
        letter(signed_on="2026-11-20"),
        order(their_number="5"),
        order(delivery="почта"),
        order(correspondent="Минфин"),
        outgoing(received_on="2026-11-20"),
        outgoing(appeal_kind="жалоба"),
        appeal(addressees=["Минфин"]),
    ],
)
def test_a_field_of_another_flow_is_refused(gateway: LocalGateway, card: Any) -> None:
    with pytest.raises(FieldOfOtherFlow) as refused:
        gateway.call(REGISTER, card)

    assert refused.value.exit_code == 3
    assert refused.value.field in card.model_fields_set


def test_an_edit_gives_no_field_of_another_flow_but_may_empty_one(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())
    with pytest.raises(FieldOfOtherFlow):
        edit(gateway, reply_address="г. Тюмень")

    assert edit(gateway, reply_address="").version == 1
