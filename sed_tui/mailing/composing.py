"""The words of a letter: its subject and its body, of templates that are data."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.config import stored_profile
from sed_tui.domain.link_address import LinkAddress, Target
from sed_tui.domain.mailing import filled, subject_line
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.mailing import MailedDocument, MailingPlan

_SUBJECT = N_("№ {number} of {day} – {subject}")
_SUBJECT_OF_SEVERAL = N_("Documents: {count}, {number} and others")
_BODY = "{list}\n\n{organization}\n{sender}\n"
_BODY_OF_LINKS = "{list}\n\n{links}\n\n{organization}\n{sender}\n"


@dataclass(frozen=True, slots=True)
class Templates:
    """What the subject and the body are made of; None is what the program says by itself."""

    subject: str | None = None
    body: str | None = None


def chosen_templates(profile: str | None, subject: str | None, body: str | None) -> Templates:
    """Return the templates that were typed, else those of the environment or the profile."""
    stored = stored_profile(profile)

    def setting(name: str) -> str | None:
        return os.environ.get(f"SED_{name.upper()}") or stored.get(name)

    return Templates(subject or setting("letter_subject"), body or setting("letter_body"))


def words_of(
    plan: MailingPlan, templates: Templates, *, base: str | None = None, as_links: bool = False
) -> tuple[str, str]:
    """Return the subject and the body of a letter. Raises `BadLetterTemplate`."""
    first = plan.rows[0]
    values = {
        "number": first.number or _("no number"),
        "day": f"{first.registered_on:%d.%m.%Y}" if first.registered_on else "—",
        "subject": first.subject,
        "kind": first.kind,
        "count": str(len(plan.rows)),
        "list": "\n".join(map(_line, plan.rows)),
        "links": "\n".join(link for row in plan.rows for link in links_of(row, base)),
        "organization": plan.organization,
        "sender": plan.sender,
    }
    several = len(plan.rows) > 1
    subject = templates.subject or _(_SUBJECT_OF_SEVERAL if several else _SUBJECT)
    body = templates.body or (_BODY_OF_LINKS if as_links else _BODY)
    return subject_line(filled(subject, values, "subject")), filled(body, values, "body")


def links_of(document: MailedDocument, base: str | None) -> list[str]:
    """Return the links to a document: of the scheme, and for a browser where a server is named."""
    link = LinkAddress(Target.DOCUMENT, document.id)
    return [link.as_scheme(), *([link.as_page(base)] if base else [])]


def _line(document: MailedDocument) -> str:
    day = f"{document.registered_on:%d.%m.%Y}" if document.registered_on else "—"
    text = _("{kind} № {number} of {day}: {subject}")
    return text.format(
        kind=document.kind, number=document.number or "—", day=day, subject=document.subject
    )
