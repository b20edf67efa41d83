"""A request that Pydantic refused, said in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.errors.input import BadRequest
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

# Pydantic's error types, or their beginnings -> what is wrong, with Pydantic's own fields
_REASONS = {
    "missing": N_("it is obligatory."),
    "extra_forbidden": N_("there is no such field."),
    "string_too_short": N_("it must have at least {min_length} characters."),
    "string_too_long": N_("it must have at most {max_length} characters."),
    "string_pattern_mismatch": N_("it does not have the expected form."),
    "string": N_("text is expected."),
    "int": N_("a whole number is expected."),
    "float": N_("a number is expected."),
    "decimal": N_("a number is expected."),
    "bool": N_("true or false is expected."),
    "enum": N_("one of these is expected: {expected}."),
    "literal_error": N_("one of these is expected: {expected}."),
    "greater_than_equal": N_("it must not be less than {ge}."),
    "greater_than": N_("it must be more than {gt}."),
    "less_than_equal": N_("it must not be more than {le}."),
    "less_than": N_("it must be less than {lt}."),
    "too_short": N_("it must have at least {min_length} items."),
    "too_long": N_("it must have at most {max_length} items."),
    "uuid": N_("an id is expected."),
    "datetime": N_("a moment is expected, such as 2026-11-23T09:00:00+05:00."),
    "timezone": N_("a moment needs its time zone, such as +05:00."),
    "date": N_("a date is expected, such as 2026-11-23."),
    "list": N_("a list is expected."),
    "tuple": N_("a list is expected."),
    "set": N_("a list is expected."),
    "dict": N_("an object is expected."),
    "model": N_("an object is expected."),
    "json": N_("it is not JSON."),
    "none_required": N_("it must be left out."),
    "url": N_("an address such as https://example.org is expected."),
}


def bad_request(error: ValidationError, row: int | None = None) -> BadRequest:
    """Return the first thing that is wrong, and the names of the other fields that are."""
    found = error.errors(include_url=False, include_context=True)
    first, *others = found
    names = dict.fromkeys(_field(problem) for problem in others)
    names.pop(_field(first), None)
    return BadRequest(
        field=_field(first) or _("request"),
        row=row,
        reason=_reason(first),
        advice=_("Also wrong: {fields}.").format(fields=", ".join(names))
        if names
        else _("Mend it and repeat: nothing was changed."),
    )


def _field(problem: ErrorDetails) -> str:
    return ".".join(str(part) for part in problem["loc"])


def _reason(problem: ErrorDetails) -> str:
    kind = problem["type"]
    context: dict[str, Any] = dict(problem.get("ctx", {}))
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace("'", "").replace(" or ", ", ")
    for known, text in _REASONS.items():
        if kind == known or kind.startswith(f"{known}_"):
            return _(text).format_map(context)
    return _("it cannot be this.")
