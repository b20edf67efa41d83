"""Organizations suspended, leaving or reorganized, and what they take along."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from sed_tui.domain.joining import JoiningState, JoiningStep, Side, SuccessionForm
from sed_tui.errors import NotPermitted
from sed_tui.errors.identity import UnknownOrganization
from sed_tui.errors.joining import (
    ExportNotInTrail,
    ExportOfAnother,
    ExportTooEarly,
    NotLeaving,
    NotReady,
    OrganizationSuspended,
    StepNotNow,
    SuccessorIsItself,
)
from sed_tui.gateway.organization_transfer import export_organization
from sed_tui.operations import joining_evidence, joining_list, unit
from sed_tui.operations.document_list import LIST as DOCUMENTS
from sed_tui.operations.document_list import ListDocuments
from sed_tui.operations.registration import REGISTER
from sed_tui.storage.database import REVISIONS, open_database
from sed_tui.storage.transfer import FORMAT
from sed_tui.storage.transfer_manifest import read_manifest
from tests.handlers.callers import NOT_HIM, acting
from tests.handlers.letters import letter

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from tests.conftest import FixedClock
    from tests.handlers.joining_way import Way

S, T = JoiningState, JoiningStep


def test_who_is_suspended_reads_and_writes_nothing(
    way: Way, settings: Settings, clock: FixedClock
) -> None:
    way.start_at(S.CONNECTED)
    way.step(T.SUSPEND, remark="Просрочен сертификат")
    with acting(settings, clock, "kim") as kim:
        assert kim.call(DOCUMENTS, ListDocuments()).rows == []
        with pytest.raises(OrganizationSuspended):
            kim.call(REGISTER, letter())
        assert way.show(kim).remark == "Просрочен сертификат"
        assert way.step(T.RESUME).remark is None
        kim.call(REGISTER, letter())


def test_who_leaves_takes_everything_along(
    way: Way, settings: Settings, clock: FixedClock, tmp_path: Path
) -> None:
    way.start_at(S.CONNECTED)
    early = exported_as_kim(settings, clock, tmp_path / "early")
    with pytest.raises(NotLeaving):
        record_export(way, early)
    clock.moment += timedelta(minutes=1)
    with pytest.raises(StepNotNow):
        way.step(T.DISCONNECT, remark="По соглашению")
    card = way.step(T.LEAVE, remark="Заявление № 5")
    assert (card.waits_for, card.possible) == (Side.OPERATOR, [T.RESUME])
    assert [one.joining_step for one in card.waiting] == [T.DISCONNECT]
    with pytest.raises(ExportTooEarly):
        record_export(way, early)
    with pytest.raises(ExportOfAnother):
        record_export(way, early | {"organization_id": "0" * 32})
    with pytest.raises(ExportNotInTrail):
        record_export(way, early | {"digest": "0" * 64})
    whole = exported_as_kim(settings, clock, tmp_path / "whole")
    record_export(way, whole)
    with acting(settings, clock, "kim") as kim:  # a change after the export makes it stale
        kim.call(unit.ADD, unit.AddUnit(code="2", name="Архив"))
    with pytest.raises(NotReady, match="export"):
        way.step(T.DISCONNECT, remark="По соглашению")
    with pytest.raises(StepNotNow):
        way.step()
    record_export(way, exported_as_kim(settings, clock, tmp_path / "again"))
    assert way.step(T.DISCONNECT, remark="По соглашению").joining is S.DISCONNECTED
    with acting(settings, clock, "kim") as kim, pytest.raises(NOT_HIM):
        way.show(kim)


def test_open_work_stays_only_with_a_reason(way: Way, settings: Settings) -> None:
    way.start_at(S.CONNECTED)
    leave_letter_waiting(settings)
    with pytest.raises(NotReady, match="messages on their way"):
        reorganize(way, into="01")
    with pytest.raises(SuccessorIsItself):
        reorganize(way, into="02", leaving=True)
    with pytest.raises(UnknownOrganization):
        reorganize(way, into="99", leaving=True)
    assert reorganize(way, into="01", leaving=True).rows[0].joining is S.REORGANIZED


def test_a_successor_reads_the_old_numbers(way: Way, settings: Settings, clock: FixedClock) -> None:
    way.start_at(S.CONNECTED)
    with acting(settings, clock, "kim") as kim:
        number = kim.call(REGISTER, letter()).number
    reorganize(way, into="01")

    assert way.show().successors[0].startswith("01 ")
    with acting(settings, clock, "admin", "02") as heir:
        (row,) = heir.call(DOCUMENTS, ListDocuments()).rows
        assert row.number == number
        with pytest.raises(NotPermitted):
            heir.call(REGISTER, letter())


def exported_as_kim(settings: Settings, clock: FixedClock, folder: Path) -> dict[str, str]:
    export_organization(replace(settings, login="kim"), folder, clock)
    manifest = read_manifest(folder, FORMAT, REVISIONS[-1])
    return {"organization_id": manifest.organization_id, "digest": manifest.sums}


def record_export(way: Way, told: dict[str, str]) -> None:
    request = joining_evidence.RecordExport.model_validate({"application": "02", **told})
    way.operator.call(joining_evidence.EXPORTED, request)


def reorganize(way: Way, into: str, *, leaving: bool = False) -> joining_list.ApplicationPage:
    request = joining_evidence.ReorganizeOrganizations(
        applications=("02",),
        successors=(into,),
        form=SuccessionForm.ACCESSION,
        remark="Распоряжение № 7",
        leaving=leaving,
    )
    return way.operator.call(joining_evidence.REORGANIZE, request)


def leave_letter_waiting(settings: Settings) -> None:
    engine = open_database(settings.database)
    with engine.execution_options(writes=True).begin() as db:
        db.execute(
            text(
                "INSERT INTO outgoing_mail (id, organization_id, key, recipient, subject, body, "
                "state, attempts, created_at, next_at, message_id) SELECT :id, id, 'k', "
                "'a@b.example', 's', 'b', 'pending', 0, :at, :at, 'm' "
                "FROM organization WHERE code = '02'"
            ),
            {"id": "1" * 32, "at": datetime(2026, 11, 23, 7, tzinfo=UTC)},
        )
    engine.dispose()
