"""What an administrator does with partners of the exchange, each as a small form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.exchange_partner import (
    CHANNEL_TITLES,
    ENCODINGS,
    Channel,
    FormatVersion,
    PartnerState,
)
from sed_tui.i18n import N_, _
from sed_tui.operations.exchange_partner import (
    ADD,
    REMOVE,
    SET,
    SHOW,
    AddPartner,
    EditPartner,
    RemovePartner,
    ShowPartner,
)
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.tui.entry_dialog import REASON, Entry, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.gateway import Gateway
    from sed_tui.operations.exchange_partner import Partner

_YES_NO = (("yes", N_("yes")), ("no", N_("no")))
_LISTS = frozenset({"uids", "kinds"})
_SWITCHES = {
    "acknowledges_notifications": "acknowledge",
    "is_subscribed": "subscribed",
    "takes_official": "official",
}
_BEGINNING = (
    *("code", "channel", "name", "correspondent", "organization", "uids", "address", "inbox"),
    *("mailbox", "format_version", "encoding", "kinds"),
)
_CHANGED = (
    *("name", "uids", "own_uid", "mailbox", "address", "inbox", "format_version", "encoding"),
    *("kinds", "zone", *_SWITCHES, "max_bytes", "state"),
)
_BEGUN_WITH = {"format_version": FormatVersion.V22.value, "encoding": ENCODINGS[0], "kinds": "pdf"}


def add_task() -> Task:
    """Return the form of a new partner; the rest is changed afterwards."""
    begun = {name: _BEGUN_WITH.get(name, "") for name in _BEGINNING}
    entries = [_entry(name, value) for name, value in begun.items()]

    def request(values: Mapping[str, str]) -> AddPartner:
        return AddPartner.model_validate(_read({n: v for n, v in values.items() if v}))

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        given = {name: value for name, value in values.items() if value and name != "code"}
        return ("exchange", "partner", "add", values["code"] or "…", *_options(given))

    return Task(_(ADD.title), ADD, entries, request, words)


def edit_task(partner: Partner) -> Task:
    """Return the form of a partner's properties; the version that was seen goes with it."""
    begun = {name: _shown(getattr(partner, name)) for name in _CHANGED}
    entries = [
        *(_entry(name, value) for name, value in begun.items()),
        Entry(REASON, _("Reason (may be left out)")),
    ]

    def changed(values: Mapping[str, str]) -> dict[str, str]:
        return {name: values[name] for name in begun if values[name] != begun[name]}

    def request(values: Mapping[str, str]) -> EditPartner:
        told = _read(changed(values))
        return EditPartner.model_validate(
            {"partner": partner.code, "version": partner.version, **told}
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        seen = ("--version", str(partner.version))
        return ("exchange", "partner", "set", partner.code, *_options(changed(values)), *seen)

    def again(gateway: Gateway) -> Task:
        return edit_task(gateway.call(SHOW, ShowPartner(partner=partner.code)))

    note = f"{partner.code} · {partner.name}"
    return Task(_(SET.title), SET, entries, request, words, note, again=again)


def remove_task(partner: Partner) -> Task:
    """Return the form that removes a partner that nothing was exchanged with."""
    return Task(
        _(REMOVE.title),
        REMOVE,
        (Entry(REASON, _("Reason (may be left out)")),),
        lambda _values: RemovePartner(partner=partner.code),
        lambda _values: ("exchange", "partner", "remove", partner.code, "--yes"),
        f"{partner.code} · {partner.name}",
    )


def _entry(name: str, value: str) -> Entry:
    title = f"{label(name)} *" if name in {"code", "channel"} else label(name)
    return Entry(name, title, value, _choices(name))


def _choices(name: str) -> tuple[tuple[str, str], ...]:
    if name == "channel":
        return tuple((one.value, _(CHANNEL_TITLES[one])) for one in Channel)
    if name == "format_version":
        return tuple((one.value, one.value) for one in FormatVersion)
    if name == "encoding":
        return tuple((one, one) for one in ENCODINGS)
    if name == "state":
        return tuple((one.value, str(shown_value("state", one.value))) for one in PartnerState)
    if name in _SWITCHES:
        return tuple((value, _(title)) for value, title in _YES_NO)
    return ()


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value)
    return str(value) if value is not None else ""


def _read(values: Mapping[str, str]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in values.items()}


def _value(name: str, value: str) -> Any:
    if name in _LISTS:
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value == "yes" if name in _SWITCHES else value


def _options(values: Mapping[str, str]) -> list[str]:
    words: list[str] = []
    for name, value in values.items():
        if name in _SWITCHES:
            words.append(f"--{'' if value == 'yes' else 'no-'}{_SWITCHES[name]}")
        elif name == "uids":
            words += [word for one in _value(name, value) for word in ("--uid", one)]
        else:
            words += [f"--{name.replace('_', '-')}", value]
    return words
