"""The list of accounts on the screen: people put on it, consents recorded and withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sed_tui.domain.access import Role
from sed_tui.domain.dates import parse_date
from sed_tui.i18n import N_, _
from sed_tui.operations.joining_password import GIVE, GiveFirstPassword
from sed_tui.operations.joining_people import (
    CONSENT,
    LIST_PERSON,
    TAKE_OFF,
    WITHDRAW_CONSENT,
    ListPerson,
    RecordConsent,
    TakeOffList,
    WithdrawConsent,
)
from sed_tui.operations.labels import label
from sed_tui.tui.entry_dialog import Entry, Task
from sed_tui.tui.staging import staged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.gateway import Gateway
    from sed_tui.operations.joining import Application

_YES = (("", N_("no")), ("yes", N_("yes")))


def people_tasks(card: Application, gateway: Gateway) -> list[Task]:
    """Return what is done to the list of accounts."""
    found = [person_task(card), consent_task(card, gateway), withdraw_task(card), off_task(card)]
    return [*found, password_task(card)] if card.is_operator else found


def person_task(card: Application) -> Task:
    """Return the form of a person for the list of accounts."""
    names = ("login", "full_name", "position", "email")
    entries = (
        *(Entry(name, label(name)) for name in names),
        Entry("roles", label("roles"), "administrator registrar"),
        Entry("owns_signature", label("owns_signature"), "yes", _words(_YES)),
    )

    def request(values: Mapping[str, str]) -> ListPerson:
        given: dict[str, Any] = {name: values[name] or None for name in names}
        given |= {"roles": values["roles"].replace(",", " ").split()}
        given |= {"owns_signature": bool(values["owns_signature"])}
        return ListPerson.model_validate({"application": str(card.id), **given})

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        roles = [w for role in values["roles"].split() for w in ("--role", role)]
        person = ("list-person", values["login"], "--of", card.application)
        return ("joining", *person, "--name", values["full_name"], *roles)

    note = _("Roles: {roles}").format(roles=", ".join(role.value for role in Role))
    title = _("Put a person on the list of accounts")
    return Task(title, LIST_PERSON, entries, request, words, note)


def consent_task(card: Application, gateway: Gateway) -> Task:
    """Return the form of a person's consent."""
    entries = (
        Entry("login", label("login")),
        Entry("consent_on", label("consent_on")),
        Entry("file", _("Scan: path of the file")),
    )

    def request(values: Mapping[str, str]) -> RecordConsent:
        path = Path(values["file"]).expanduser() if values["file"] else None
        day = values["consent_on"]
        return RecordConsent(
            application=str(card.id),
            login=values["login"],
            consent_on=parse_date(day, "consent_on") if day else None,
            name=path.name if path else None,
            token=staged(gateway, path) if path else None,
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        file = ("--file", values["file"]) if values["file"] else ()
        return ("joining", "consent", values["login"], "--of", card.application, *file)

    title = _("Record a consent to the processing of data")
    return Task(title, CONSENT, entries, request, words)


def withdraw_task(card: Application) -> Task:
    """Return the form of a withdrawn consent, which closes the account at once."""
    entries = (Entry("login", label("login")), Entry("withdrawn_on", label("withdrawn_on")))

    def request(values: Mapping[str, str]) -> WithdrawConsent:
        day = values["withdrawn_on"]
        return WithdrawConsent(
            application=str(card.id),
            login=values["login"],
            withdrawn_on=parse_date(day, "withdrawn_on") if day else None,
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        day = ("--on", values["withdrawn_on"]) if values["withdrawn_on"] else ()
        person = (values["login"], "--of", card.application)
        return ("joining", "withdraw-consent", *person, *day, "--yes")

    title = _("Record that a consent is withdrawn")
    note = _("The account is closed at once, whatever it leaves open.")
    return Task(title, WITHDRAW_CONSENT, entries, request, words, note)


def password_task(card: Application) -> Task:
    """Return the form in which the operator gives the first password of an administrator."""

    def request(values: Mapping[str, str]) -> GiveFirstPassword:
        return GiveFirstPassword(application=str(card.id), login=values["login"])

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        return ("joining", "first-password", values["login"], "--of", card.application)

    title = _("Give the first password of an administrator")
    note = _("It is shown once, and ends the one given before.")
    return Task(title, GIVE, (Entry("login", label("login")),), request, words, note)


def off_task(card: Application) -> Task:
    """Return the form that takes a person without an account off the list."""

    def request(values: Mapping[str, str]) -> TakeOffList:
        return TakeOffList(application=str(card.id), login=values["login"])

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        return ("joining", "take-off", values["login"], "--of", card.application)

    title = _("Take a person off the list")
    return Task(title, TAKE_OFF, (Entry("login", label("login")),), request, words)


def _words(choices: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((value, _(title)) for value, title in choices)
