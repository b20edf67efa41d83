"""What a person enters who has looked at an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.dates import parse_date
from sed_tui.domain.legal import ActStatus
from sed_tui.i18n import _
from sed_tui.operations.labels import label
from sed_tui.operations.law import SHOW, ShowAct
from sed_tui.operations.law_upkeep import SET, SetAct
from sed_tui.operations.values import shown_value
from sed_tui.tui.entry_dialog import Entry, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.gateway import Gateway
    from sed_tui.operations.law import ActCard


def checked_task(card: ActCard) -> Task:
    """Return the task that stores what was found out about an act."""

    def request(values: Mapping[str, str]) -> SetAct:
        return SetAct(
            code=card.code,
            status=ActStatus(values["status"]),
            checked_on=parse_date(values["checked_on"], "checked_on"),
            edition=values["edition"],
            url=values["url"],
            note=values["note"],
            version=card.version,
        )

    def command(values: Mapping[str, str]) -> tuple[str, ...]:
        said = {**values, "version": str(card.version)}
        given = [(f"--{name.replace('_', '-')}", value) for name, value in said.items() if value]
        return ("law", "set", card.code, *(word for pair in given for word in pair))

    def again(gateway: Gateway) -> Task:
        return checked_task(gateway.call(SHOW, ShowAct(act=card.code)))

    title = _("Checked with the text of the act")
    return Task(title, SET, _entries(card), request, command, card.act, again=again)


def _entries(card: ActCard) -> tuple[Entry, ...]:
    choices = tuple((one.value, str(shown_value("status", one.value))) for one in ActStatus)
    found = ActStatus.IN_FORCE if card.status is ActStatus.NOT_CHECKED else card.status
    return (
        Entry("status", label("status"), found.value, choices),
        Entry("checked_on", label("checked_on"), f"{card.as_of:%d.%m.%Y}"),
        Entry("edition", label("edition"), card.edition or ""),
        Entry("url", label("url"), card.url or ""),
        Entry("note", label("note"), card.note or ""),
    )
