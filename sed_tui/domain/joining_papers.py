"""The papers of joining: their kinds, who signs them, and texts filled in from templates.

A template is plain text with names in braces; a text is never markup. Each edition has a
number, and what was signed keeps it for good.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.joining import JoiningState, Side
from sed_tui.errors.joining import UnknownPlaceholder
from sed_tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Paper(StrEnum):
    """A paper that somebody signs on the way."""

    APPLICATION = "application"
    ACCESSION = "accession"
    PERSONAL_DATA = "personal_data"
    DATA_ANNEX = "data_annex"
    ROSTER = "roster"
    ACT = "act"


class SigningWay(StrEnum):
    """How a paper was signed."""

    GOST = "gost"
    ON_PAPER = "on_paper"


@dataclass(frozen=True, slots=True)
class PaperRule:
    """Who signs a paper, and in which states it is printed and signed."""

    sides: tuple[Side, ...]
    states: frozenset[JoiningState]


_S = JoiningState
_ANEW = frozenset({_S.CONNECTED, _S.SUSPENDED})  # a new edition is accepted by those at work
PAPER_RULES = {
    Paper.APPLICATION: PaperRule((Side.APPLICANT,), frozenset({_S.DRAFT, _S.RETURNED})),
    Paper.ACCESSION: PaperRule((Side.APPLICANT,), frozenset({_S.ACCESSION}) | _ANEW),
    Paper.PERSONAL_DATA: PaperRule((Side.APPLICANT,), frozenset({_S.PERSONAL_DATA}) | _ANEW),
    Paper.DATA_ANNEX: PaperRule((Side.APPLICANT,), frozenset({_S.PERSONAL_DATA}) | _ANEW),
    Paper.ROSTER: PaperRule((Side.APPLICANT,), frozenset({_S.ACCOUNTS}) | _ANEW),
    Paper.ACT: PaperRule((Side.APPLICANT, Side.OPERATOR), frozenset({_S.ACT})),
}
ACCEPTED_ANEW = (Paper.ACCESSION, Paper.PERSONAL_DATA, Paper.DATA_ANNEX)
"""A new edition of these is put to everybody who has signed an older one (ORG-3)."""
PLACEHOLDERS = frozenset(
    {
        *("name", "short_name", "inn", "kpp", "ogrn", "oktmo", "address", "code"),
        *("head_name", "head_position", "basis", "contact", "email", "phone"),
        *("subsystem", "front", "exchange_address", "operator", "today", "edition", "people"),
        *("connected_on", "accession_on", "personal_data_on", "workplaces", "exchange"),
    }
)
_NAME = re.compile(r"\{([a-z_]*)\}")


def check_template(text: str) -> None:
    """Refuse a template with a name that nothing fills in. Raises `UnknownPlaceholder`."""
    for name in _NAME.findall(text):
        if name not in PLACEHOLDERS:
            raise UnknownPlaceholder(field="body", name=name, known=", ".join(sorted(PLACEHOLDERS)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a template with its names filled in, once: what stands in values is only text."""
    return _NAME.sub(lambda found: values.get(found[1]) or "—", text)


PAPER_TITLES = {
    Paper.APPLICATION: N_("application for accession"),
    Paper.ACCESSION: N_("agreement of accession"),
    Paper.PERSONAL_DATA: N_("agreement on personal data"),
    Paper.DATA_ANNEX: N_("annex: list of personal data"),
    Paper.ROSTER: N_("list of people and owners of signatures"),
    Paper.ACT: N_("act of connection"),
}
WAY_TITLES = {
    SigningWay.GOST: N_("electronic signature"),
    SigningWay.ON_PAPER: N_("signed on paper"),
}
