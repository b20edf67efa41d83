"""Reasons of the exchange kept as codes and values: each reader has them in his language.

A reason is JSON of a message id and its values, or of a failure's code and its details. What
partners, carriers and clerks wrote themselves stays the text that it is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sed_tui.domain.exchange_flow import LEADS_TO, QUARANTINE_TITLES, STATE_TITLES, Signal
from sed_tui.errors import SedError, by_code
from sed_tui.errors.verdicts import tell, verdict_title
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.domain.exchange_flow import QuarantineReason

NO_TEXT_FILE = N_("the document has no file with its text")
KIND_NOT_TAKEN = N_("{name}: the partner takes files of these kinds alone: {kinds}")
FILES_TOO_LARGE = N_("the files are larger than the partner takes")
WITH_DETAIL = "{why}: {detail}"
# a partner may write what looks like a code: nothing but these is ever filled in
_KNOWN = {NO_TEXT_FILE, KIND_NOT_TAKEN, FILES_TOO_LARGE, WITH_DETAIL, *QUARANTINE_TITLES.values()}
_VALUE = 240
_SIGNALS = frozenset(Signal)


class Advised:
    """A failure as the reason of another one, with what to do about it."""

    def __init__(self, error: SedError) -> None:
        self.error = error

    def __str__(self) -> str:
        return sentences(str(self.error), self.error.advice)


def said(text: str, **values: Any) -> str:
    """Return a reason of an untranslated message id and what it is filled with."""
    told: dict[str, Any] = {"say": text}
    if values:
        told["with"] = {name: _cut(value) for name, value in values.items()}
    return json.dumps(told, ensure_ascii=False)


def in_codes(reason: QuarantineReason, detail: str | None = None) -> str:
    """Return why a message is in quarantine, as it is kept; `detail` may be a reason itself."""
    if not detail:
        return said(QUARANTINE_TITLES[reason])
    return said(WITH_DETAIL, why=QUARANTINE_TITLES[reason], detail=detail)


def failure(error: SedError, *, with_advice: bool = False) -> str:
    """Return a reason of a failure; a value may be a reason itself."""
    details = {name: _cut(value) for name, value in error.details.items()}
    told: dict[str, Any] = {"error": error.code, "with": details}
    if error.field is not None:
        told["field"] = error.field
    if with_advice:
        told["advice"] = True
    return json.dumps(told, ensure_ascii=False)


def signature(name: str, verdict: str, reasons: str) -> str:
    """Return a reason of the verdict on a signature; `reasons` are codes between spaces."""
    told = {"signature": _cut(name), "verdict": verdict, "reasons": reasons[:_VALUE]}
    return json.dumps(told, ensure_ascii=False)


def worded(text: str | None) -> str | None:
    """Return a reason in the reader's language; what is no code is returned as it is."""
    if not text or not text.startswith("{"):
        return _signal(text) if text in _SIGNALS else text
    try:
        told = json.loads(text)
        return _told(told) if isinstance(told, dict) else text
    except (KeyError, TypeError, ValueError):
        return text


def _told(told: dict[str, Any]) -> str:
    if "signature" in told:
        return _signature(told)
    shown = {str(name): _value(value) for name, value in dict(told.get("with", {})).items()}
    if "error" not in told:
        text = told["say"]
        if text not in _KNOWN:
            raise KeyError(text)
        return _(text).format(**shown)
    error = by_code()[str(told["error"])](field=told.get("field"), **shown)
    return sentences(str(error), error.advice) if told.get("advice") else str(error)


def sentences(told: str, advice: str) -> str:
    """Return what happened and what to do about it in one line; not every message has a stop."""
    return f"{told}{'' if told.endswith(('.', '!', '?', ':')) else '.'} {advice}".strip()


def _signature(told: dict[str, Any]) -> str:
    reasons = "; ".join(tell(one) for one in told.get("reasons", "").split())
    result = verdict_title(told["verdict"])
    return f"{told['signature']}: {result}" + (f" ({reasons})" if reasons else "")


def _signal(text: str) -> str:
    return _(STATE_TITLES[LEADS_TO[Signal(text)]])


def _value(value: Any) -> Any:
    """Return a value for its place: a nested reason in words, a message id translated."""
    if not isinstance(value, str):
        return value
    return worded(value) if value.startswith("{") else _(value)


def _cut(value: Any) -> Any:
    if isinstance(value, SedError):
        return failure(value)
    if isinstance(value, Advised):
        return failure(value.error, with_advice=True)
    if isinstance(value, int | None):
        return value
    text = str(value)
    return text if text.startswith("{") and len(text) <= 2 * _VALUE else text[:_VALUE]
