"""What is only read on the screen of joining: people, editions, who has signed, terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.text import Text

from sed_tui.i18n import _
from sed_tui.operations.joining_papers import ACCEPTANCE, TEMPLATES, ListAcceptance, ListTemplates
from sed_tui.operations.joining_people import PEOPLE, ListListedPeople
from sed_tui.operations.joining_upkeep import TERMS, ShowJoiningTerms
from sed_tui.operations.values import shown_value
from sed_tui.tui.wording import long_day, moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.operations.joining import Application
    from sed_tui.operations.joining_papers import AcceptanceList, TemplateList
    from sed_tui.operations.joining_password import FirstPassword
    from sed_tui.operations.joining_people import ListedPeople
    from sed_tui.operations.joining_upkeep import JoiningTerms
    from sed_tui.operations.registry import Operation, Request


@dataclass(frozen=True)
class View:
    """A text to be read: its title, what is asked for, and how the answer reads."""

    title: str
    operation: Operation[Any, Any]
    request: Request
    text: Callable[[Any], Text]


def people_view(card: Application) -> View:
    """Return the list of accounts of an application."""
    request = ListListedPeople(application=str(card.id))
    return View(_("List of accounts"), PEOPLE, request, _people)


def first_password_text(given: FirstPassword) -> Text:
    """Return a first password with what its owner has to know."""
    text = Text()
    text.append(f"{given.login} {given.full_name}\n\n")
    text.append(f"{given.password}\n\n", "bold")
    text.append(_("Works until {moment}.").format(moment=moment(given.valid_until)) + "\n")
    text.append(
        _("It is shown this once. Its owner signs in and sets his own: sedctl user password")
    )
    return text


def office_views() -> list[View]:
    """Return what is read of all applications together."""
    return [
        View(_("Texts of papers"), TEMPLATES, ListTemplates(), _templates),
        View(_("Who has signed which edition"), ACCEPTANCE, ListAcceptance(), _acceptance),
        View(_("Terms of joining"), TERMS, ShowJoiningTerms(), _terms),
    ]


def _people(found: ListedPeople) -> Text:
    text = Text()
    for one in found.rows:
        roles = ", ".join(str(shown_value("roles", role.value)) for role in one.roles)
        text.append(f"{one.login} {one.full_name}\n", "bold")
        text.append(f"  {roles or '—'}\n")
        consent = long_day(one.consent_on) or "—"
        if one.withdrawn_on is not None:
            told = _("consent of {day}, withdrawn on {end}")
            text.append(f"  {told.format(day=consent, end=long_day(one.withdrawn_on))}\n")
        else:
            text.append(f"  {_('consent: {day}').format(day=consent)}")
            text.append(f", {_('has an account')}\n" if one.has_account else "\n")
    return text if found.rows else Text(_("Nobody is on the list yet."))


def _templates(found: TemplateList) -> Text:
    text = Text()
    for one in found.rows:
        paper = shown_value("paper", one.paper.value)
        text.append(
            _("{paper}, edition {edition}").format(paper=paper, edition=one.edition), "bold"
        )
        days = ((_("in force since {day}"), one.in_force_on), (_("sign by {day}"), one.accept_by))
        told = [words.format(day=long_day(day)) for words, day in days if day]
        text.append(f"{': ' if told else ''}{', '.join(told)}\n")
        text.append(f"{one.title}\n\n{one.body}\n\n", "dim")
    return text


def _acceptance(found: AcceptanceList) -> Text:
    text = Text(_("Have still to sign: {count}").format(count=found.pending) + "\n")
    for one in found.rows:
        sign = "✓" if one.is_accepted else "◦"
        text.append(f"{sign} {one.application} {one.name}\n")
        edition = _("{paper}, edition {edition}").format(
            paper=shown_value("paper", one.paper.value), edition=one.edition or "—"
        )
        in_force = _("in force: {edition}").format(edition=one.in_force)
        until = _("sign by {day}").format(day=long_day(one.accept_by)) if one.accept_by else ""
        late = f"! {one.delay_days}" if one.delay_days else ""
        parts = (edition, long_day(one.signed_on), in_force, until, late)
        text.append(f"  {', '.join(part for part in parts if part)}\n", "dim")
    return text


def _terms(found: JoiningTerms) -> Text:
    text = Text()
    for one in found.rows:
        state = shown_value("joining", one.joining.value)
        side = shown_value("waits_for", one.waits_for.value) if one.waits_for else "—"
        days = _("{days} working days").format(days=one.days)
        text.append(f"{state}: {days}, {side} ({one.source})\n")
    return text
