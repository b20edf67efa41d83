"""Failures of tables that people make: what is wrong with a file as a whole."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, NotFound
from sed_tui.i18n import N_


class NotASpreadsheet(Invalid):
    """The file is not a table of a kind that is read."""

    code = "not_a_spreadsheet"
    message = N_("{path} cannot be read as a table: {reason}")
    hint = N_("Save it as XLSX, ODS, CSV or JSON lines, without a password.")


class NoSuchSheet(NotFound):
    """The workbook has no such sheet."""

    code = "no_such_sheet"
    message = N_("There is no sheet “{sheet}”.")
    hint = N_("Sheets: {sheets}")


class NoHeading(Invalid):
    """No row names the columns."""

    code = "no_heading"
    message = N_("No row with the names of columns was found in {path}.")
    hint = N_("Columns may be called: {columns}. Other names go into a mapping file: --map")


class DuplicateHeading(Invalid):
    """Two columns claim the same field."""

    code = "duplicate_heading"
    message = N_("Two columns mean the same, “{field}”: {headings}.")
    hint = N_("Rename one of them, or choose with a mapping file: --map")


class ShiftedColumns(Invalid):
    """A row has more or fewer cells than the heading."""

    code = "shifted_columns"
    message = N_("The columns are shifted: {found} cells under {expected} headings.")
    hint = N_("A delimiter inside a text needs quotation marks around the text.")


class UnbalancedQuotes(Invalid):
    """A quotation mark has no pair."""

    code = "unbalanced_quotes"
    message = N_("A quotation mark has no pair.")
    hint = N_("A quotation mark inside a quoted text is written twice.")


class MixedEncodings(Invalid):
    """Some lines are UTF-8 and others are not."""

    code = "mixed_encodings"
    message = N_("The file mixes encodings: other lines are UTF-8, this one is not.")
    hint = N_("Save the whole file as UTF-8.")


class UnknownEncoding(Invalid):
    """The bytes are not text in the encoding."""

    code = "unknown_encoding"
    message = N_("The text is not {encoding}.")
    hint = N_("Save the file as UTF-8, or name its encoding with --encoding.")


class BadJsonLine(Invalid):
    """A line is not a flat JSON object."""

    code = "bad_json_line"
    message = N_("The line is not a JSON object of plain values: {reason}")
    hint = N_('A line is one object: {{"subject": "Text", "number": "1"}}')


class BadMapping(Invalid):
    """The mapping file cannot be followed."""

    code = "bad_mapping"
    message = N_("The mapping file {path} is wrong: {reason}")
    hint = N_("It has [columns], [defaults], [values.COLUMN], and sheet and header_row.")
