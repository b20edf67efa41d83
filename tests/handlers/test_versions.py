"""What several people edit: the version somebody saw is asked for, and a stale one refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.flows import Flow
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.operations import (
    assignment_policy,
    assignment_template,
    calendar,
    calendar_upkeep,
    document_kind,
    law,
    law_upkeep,
    notify,
)
from sed_tui.operations.registry import Effect, operations

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway

WITHOUT_VERSION = {
    "makes something new, or a next edition beside the old ones": """
        access.grant acquaintance.start approval.add approval.start assignment.issue
        certificate.add correspondent.add dispatch.add document.register draft.add
        duma.add_sitting duma.open employee.add exchange.publish file.add import.begin
        import.organizations import.correspondents import.documents import.people intake.take
        joining.apply joining.evidence joining.issue joining.list_person joining.publish
        joining.sign journal.add journal.reserve law.load link.add mailing.send
        organization.add part.send partner.add recurring.add requirements.publish
        resolution.draft right.add route.import substitution.add token.add trust.add unit.add
        version.add
    """,
    "takes a step that the state allows once: who comes second is refused by the state": """
        acquaintance.confirm acquaintance.stop approval.answer approval.withdraw
        certificate.withdraw correspondent.merge document.cancel document.reregister
        draft.discard draft.register duma.send duma.step exchange.refuse exchange.register
        exchange.resend exchange.retry import.finish import.undo intake.attach intake.drop
        intake.register joining.consent joining.first_password joining.record_export
        joining.reorganize joining.take_off joining.withdraw_consent link.remove
        part.accept part.deny part.grant
        part.return part.stop partner.remove quarantine.drop quarantine.release quarantine.retry
        recurring.close recurring.skip right.end route.close substitution.end trust.remove
        law.forget
    """,
    "one value that is said whole: nothing of what another said is kept by halves": """
        access.revoke calendar.import calendar.override duma.attach employee.disable
        employee.enable employee.roles foreign.keep joining.name_operator joining.set_term
        organization.quota password.set recurring.executor session.revoke token.revoke
    """,
    "what nobody edits: programs at work, letters, checks": """
        approval.escalate exchange.agent exchange.claim exchange.deliver exchange.expire
        exchange.failed exchange.sent exchange.take journal.release notify.due notify.forget
        recurring.run report.mail signature.verify signature.verify_all workstation.report
    """,
    "every row says its own": "law.import",
    "reads the versions of what it hands over itself": "assignment.handover",
    "the version of the card, under that name, beside the version of the text": "draft.revise",
}


def test_every_operation_that_edits_takes_the_version_that_was_seen() -> None:
    excused = [name for names in WITHOUT_VERSION.values() for name in names.split()]
    editing = {name for name, one in operations().items() if one.effect is not Effect.READ}
    without = {name for name in editing if "version" not in operations()[name].request.model_fields}

    assert sorted(excused) == sorted(without)


_KIND = {"flow": Flow.INCOMING, "name": "свой вид"}
_TEMPLATE = {"code": "свой", "text": "Рассмотреть"}
_PROFILE = {"code": "own", "title": "Свой", "amount": 4, "act": "Приказ"}
_RULE = {"code": "own", "days_before": 4}
_ACT = {"code": "own-act", "title": "Порядок"}

EDITED = [
    (document_kind.SET, document_kind.LIST, _KIND, {"is_registered": False}),
    (assignment_template.SET, assignment_template.LIST, _TEMPLATE, {"text": "Учесть"}),
    (calendar_upkeep.SET_PROFILE, calendar.PROFILES, _PROFILE, {"amount": 5}),
    (notify.SET_RULE, notify.RULES, _RULE, {"days_before": 5}),
    (law_upkeep.SET, law.LIST, _ACT, {"title": "Новый порядок"}),
    (
        assignment_policy.SET,
        assignment_policy.SHOW,
        {"extension_notice": 3},
        {"extension_notice": 4},
    ),
]


@pytest.mark.parametrize(("setting", "reading", "first", "change"), EDITED)
def test_a_stale_version_is_refused_with_both_versions(
    gateway: LocalGateway, setting: Any, reading: Any, first: Any, change: Any
) -> None:
    def keep(**fields: Any) -> Any:
        return gateway.call(setting, setting.request.model_validate({**first, **fields}))

    made = keep(version=0)  # what is not there yet was seen at version 0
    mine = keep(version=made.version, **change)
    with pytest.raises(ChangedMeanwhile) as stale:
        keep(version=made.version)
    with pytest.raises(ChangedMeanwhile):
        keep(version=0)

    failure = stale.value
    assert (failure.exit_code, failure.details["seen"], failure.details["current"]) == (5, 1, 2)
    assert (made.version, mine.version) == (1, 2)
    shown = gateway.call(reading, reading.request())
    rows = getattr(shown, "rows", [shown])
    assert mine.version in {row.version for row in rows if _is_of(row, first, mine)}
    assert keep().version == 3  # who names no version changes what is there


@pytest.mark.parametrize(("setting", "_reading", "first", "_change"), EDITED[1:5])
def test_a_version_of_what_is_not_there_is_stale(
    gateway: LocalGateway, setting: Any, _reading: Any, first: Any, _change: Any
) -> None:
    with pytest.raises(ChangedMeanwhile) as stale:
        gateway.call(setting, setting.request.model_validate({**first, "version": 3}))

    assert (stale.value.details["seen"], stale.value.details["current"]) == (3, 0)


def test_the_words_of_the_program_are_taken_over_at_version_0(gateway: LocalGateway) -> None:
    listed = gateway.call(law.LIST, law.ListActs()).rows[0]
    request = law_upkeep.SetAct(code=listed.code, note="Проверено", version=listed.version)

    taken = gateway.call(law_upkeep.SET, request)

    assert (listed.version, taken.version) == (0, 1)
    with pytest.raises(ChangedMeanwhile):
        gateway.call(law_upkeep.SET, request.model_copy(update={"note": "Иначе"}))


def _is_of(row: Any, first: dict[str, Any], mine: Any) -> bool:
    return all(
        getattr(row, name) == getattr(mine, name) for name in first if name in {"code", "name"}
    )
