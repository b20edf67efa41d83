"""Failures of what was typed or read from a file."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid
from sed_tui.i18n import N_


class BadRequest(Invalid):
    """A field of a request has a value that cannot be."""

    code = "bad_request"
    message = N_("{field}: {reason}")
    hint = N_("{advice}")


class NotJson(Invalid):
    """What was given as JSON is not JSON, or not an object."""

    code = "not_json"
    message = N_("{field}: this is not a JSON object: {reason}")
    hint = N_('Write names and texts in double quotes: {{"subject": "Text"}}')


class BadCursor(Invalid):
    """The cursor of a list was not made by a list."""

    code = "bad_cursor"
    message = N_("“{value}” is not the cursor of a list.")
    hint = N_("Take the value of `next` from the previous page.")


class BadDate(Invalid):
    """The text is not a date."""

    code = "bad_date"
    message = N_("{field}: “{value}” is not a date.")
    hint = N_("Write dates as ДД.ММ.ГГГГ or YYYY-MM-DD.")


class UnclearYear(BadDate):
    """The year of a date has to be guessed, or cannot be meant."""

    code = "unclear_year"
    message = N_("{field}: the year of “{value}” is not clear.")
    hint = N_("Write four digits, from {first} to {last}: 03.02.2025 or 2025-02-03.")


class ForbiddenCharacters(Invalid):
    """The text holds characters that could deceive a reader or a terminal."""

    code = "forbidden_characters"
    message = N_("{field}: control or direction-changing characters are not allowed: {shown}")
    hint = N_("Delete them; they often come with text copied from a page.")


class EmptyText(Invalid):
    """An obligatory text is empty."""

    code = "empty_text"
    message = N_("{field}: the text is empty.")
    hint = N_("Write it.")


class TextTooLong(Invalid):
    """The text is longer than its field."""

    code = "text_too_long"
    message = N_("{field}: {length} characters, at most {limit} are allowed.")
    hint = N_("Shorten it to {limit} characters; put the rest into a file of the document.")


class UnreadableText(Invalid):
    """Bytes are not text of the named encoding."""

    code = "unreadable_text"
    message = N_("{field}: the text cannot be read as {encoding}.")
    hint = N_("Name its encoding with --encoding: utf-8, cp1251, cp866.")


class UnreadableArgument(Invalid):
    """Bytes of the command line are not text."""

    code = "unreadable_argument"
    message = N_("{field}: what was typed is not text in UTF-8.")
    hint = N_("Set the terminal and its locale to UTF-8, and type it again.")


class UnknownField(Invalid):
    """The thing has no such field, or it cannot be changed."""

    code = "unknown_field"
    message = N_("“{field}” cannot be changed.")
    hint = N_("Fields: {fields}")
