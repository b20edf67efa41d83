"""Failures of journals and registration numbers."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, Refused
from sed_tui.i18n import N_


class BadFormula(Invalid):
    """The number formula cannot make numbers."""

    code = "bad_formula"
    message = N_("{field}: the formula “{formula}” is wrong: {reason}")
    hint = N_("An example: {{journal}}-{{ordinal}}/{{year2}} gives 01-145/26.")


class CodeMissing(Invalid):
    """The formula names a code that is not filled in."""

    code = "code_missing"
    message = N_("{field}: the formula uses the code “{token}”, which is empty for: {objects}")
    hint = N_("Fill in the codes first, or leave the token out of the formula.")


class BadNumber(Invalid):
    """The number does not fit the journal's formula."""

    code = "bad_number"
    message = N_("{field}: the number “{number}” does not fit the journal: {reason}")
    hint = N_("Leave the number empty to take the next one.")


class BadSuffix(Invalid):
    """The suffix is not a Russian letter or a fraction."""

    code = "bad_suffix"
    message = N_("{field}: “{suffix}” is not a suffix of a number.")
    hint = N_("A suffix is one small Russian letter (а, -а) or a fraction (/1).")


class SuffixAlone(Invalid):
    """A suffix is named without the number it stands beside."""

    code = "suffix_alone"
    message = N_("{field}: a suffix stands beside a number, and no number is named.")
    hint = N_("Name the number as well: --number 01-23/145 --suffix -а")


class NumberTaken(Conflict):
    """The registration number belongs to another document."""

    code = "number_taken"
    message = N_("The number {number} of journal {journal} is taken: {holder}.")
    hint = N_("Leave the number empty to take the next one, or add a suffix.")


class JournalExists(Conflict):
    """The code belongs to another journal."""

    code = "journal_exists"
    message = N_("There is a journal {journal} already.")
    hint = N_("Choose another code, or look at that one: sedctl journal show {journal}")


class JournalClosed(Refused):
    """The journal does not take documents of this date."""

    code = "journal_closed"
    message = N_("Journal {journal} is closed for {day}.")
    hint = N_("Register it with a date of an open period, or open the period again.")


class JournalInUse(Refused):
    """The journal has documents, so its counter cannot be arranged anew."""

    code = "journal_in_use"
    message = N_("Journal {journal} has documents: its {field} cannot change any more.")
    hint = N_("Close it and add a journal with the new settings.")


class NoJournal(Invalid):
    """No journal takes documents of this flow."""

    code = "no_journal"
    message = N_("There is no default journal for {flow}.")
    hint = N_("Name one with --journal, or add one: sedctl journal add")


class WrongJournal(Invalid):
    """The journal is for another flow."""

    code = "wrong_journal"
    message = N_("Journal {journal} is for {expected}, not for {flow}.")
    hint = N_("Choose one of this flow, or leave the journal out: sedctl journal list")
