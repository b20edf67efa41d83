"""What users see and what it comes from: looked up by their own words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sed_tui.errors.workstation import NoSuchSymptom
from sed_tui.i18n import active_language
from sed_tui.storage.stems import words

_FEW = 0.5  # of the words of a phrase must be there


@dataclass(frozen=True, slots=True)
class Symptom:
    """A symptom: how people put it, the checks that find its cause, and what to do."""

    id: str
    title: dict[str, str]
    words: tuple[str, ...]
    checks: tuple[str, ...]
    steps: dict[str, list[str]]

    @property
    def called(self) -> str:
        """Return its title in the user's language."""
        return self.title[active_language()]

    @property
    def to_do(self) -> list[str]:
        """Return what to do, in the user's language."""
        return self.steps[active_language()]

    def as_record(self) -> dict[str, Any]:
        """Return the symptom as JSON holds it."""
        return {"id": self.id, "title": self.called, "steps": self.to_do, "checks": self.checks}


@cache
def symptoms() -> tuple[Symptom, ...]:
    """Return everything that is known of symptoms."""
    text = files("sed_tui.data").joinpath("symptoms.toml").read_text(encoding="utf-8")
    return tuple(
        Symptom(one["id"], one["title"], tuple(one["words"]), tuple(one["checks"]), one["steps"])
        for one in tomllib.loads(text)["symptom"]
    )


def look_up(text: str) -> list[Symptom]:
    """Return what the words may mean, the likeliest first. Raises `NoSuchSymptom`.

    Words count by their stems, so that «не открываются ссылки» finds «ссылка открывается».
    """
    asked = set(words(text))
    found = [(score, one) for one in symptoms() if (score := _likeness(asked, one)) >= _FEW]
    if not found:
        known = "; ".join(one.called for one in symptoms())
        raise NoSuchSymptom(field="symptom", text=text, known=known)
    return [one for _score, one in sorted(found, key=lambda pair: -pair[0])]


def _likeness(asked: set[str], symptom: Symptom) -> float:
    phrases = [_stems(phrase) for phrase in (*symptom.words, *symptom.title.values())]
    return max((_overlap(asked, phrase) for phrase in phrases), default=0.0)


@cache
def _stems(phrase: str) -> frozenset[str]:
    return frozenset(words(phrase))


@cache
def _weights() -> dict[str, float]:
    """Return what each word tells: one that stands in many symptoms tells little."""
    holders: dict[str, set[str]] = {}
    for one in symptoms():
        for phrase in (*one.words, *one.title.values()):
            for stem in _stems(phrase):
                holders.setdefault(stem, set()).add(one.id)
    return {stem: 1 / len(ids) for stem, ids in holders.items()}


def _overlap(asked: set[str], phrase: frozenset[str]) -> float:
    weights = _weights()
    both = sum(weights[stem] for stem in asked & phrase)
    # words that no symptom knows («у меня», «опять») do not count against a phrase
    known = sum(weights[stem] for stem in asked if stem in weights)
    smaller = min(known, sum(weights[stem] for stem in phrase))
    return both / smaller if smaller else 0.0
