"""What happened to a document, in words: the same on its card and in a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sed_tui.domain.links import NAMES, LinkKind
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value

if TYPE_CHECKING:
    from collections.abc import Mapping

EVENTS = {
    "register": N_("registered"),
    "edit": N_("changed"),
    "cancel": N_("cancelled"),
    "reregister": N_("registered anew"),
    "link": N_("linked"),
    "unlink": N_("unlinked"),
    "add_file": N_("file added"),
    "issue": N_("assignment issued"),
    "execution": N_("execution"),
    "renumber": N_("renumbered"),
    "redirect": N_("redirected"),
    "import": N_("imported"),
    "view": N_("viewed"),
    "draft": N_("drafted"),
    "revise": N_("card of the draft changed"),
    "add_version": N_("version added"),
    "sign": N_("signed"),
    "verify": N_("signature verified"),
    "discard": N_("draft discarded"),
    "sign_on_paper": N_("signed on paper"),
    "dispatch": N_("dispatched"),
    "exchange": N_("news of the exchange"),
    "publish": N_("publication told to the sender"),
    "mail": N_("mailed"),
    "answer_remark": N_("remark answered"),
    "approval_start": N_("put on approval"),
    "approval_decision": N_("decision of an approver"),
    "approval_round": N_("next round of approval"),
    "approval_end": N_("end of a round of approval"),
}
_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHORT = 8


def event_title(event: str) -> str:
    """Return an event of a document in words."""
    return _(EVENTS.get(event, event))


def changed_fields(event: str, changes: Mapping[str, list[Any]]) -> list[str]:
    """Return what an event changed: the label of a field, the value of before and that of after."""
    return [
        f"{field_title(event, field)}: {_change(field, values)}"
        for field, values in changes.items()
        if any(values)
    ]


def field_title(event: str, field: str) -> str:
    """Return what a field is called in the history; news of the exchange are the receiver's."""
    if event == "exchange" and field == "their_number":
        return _("Receiver's number")
    kind = field.removeprefix("link.")
    return _(NAMES[LinkKind(kind)]).capitalize() if kind in set(LinkKind) else label(field)


def _change(field: str, values: list[Any]) -> str:
    before, after = (_value(field, value) for value in values)
    return f"{before} → {after}" if before else after


def _value(field: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return _file(value)
    if isinstance(value, str) and _IDENTITY.fullmatch(value):
        return value[:_SHORT]  # as much as a command takes
    shown = shown_value(field, value)
    return ", ".join(map(str, shown)) if isinstance(shown, list) else str(shown)


def _file(value: Mapping[str, Any]) -> str:
    """Return a file by its name and version, anything else field by field."""
    if "name" in value and "version" in value:
        return _("{name}, version {version}").format(**value)
    return ", ".join(f"{label(name)}: {_value(name, one)}" for name, one in value.items() if one)
