"""Failures of how a command was called (exit status 2)."""

from __future__ import annotations

from sed_tui.errors.failure import SedError
from sed_tui.i18n import N_


class Usage(SedError):
    """The command line itself is wrong."""

    code = "usage"
    exit_code = 2
    http_status = 400
    message = N_("{text}")


class MissingValue(Usage):
    """An obligatory option or argument was left out."""

    code = "missing_value"
    message = N_("{option} is missing.")
    hint = N_("{advice}")


class EmptyVariable(Usage):
    """A variable of the environment is there and holds nothing."""

    code = "empty_variable"
    message = N_("{variable} is set, and empty.")
    hint = N_("Give it a value, or take it away: unset {variable}")


class BadValue(Usage):
    """An option or argument cannot have this value."""

    code = "bad_value"
    message = N_("{option}: {reason}")
    hint = N_("See {command} --help")


class NoSuchOption(Usage):
    """The command has no such option."""

    code = "no_such_option"
    message = N_("There is no option {option}.")
    hint = N_("{advice}")


class NoSuchCommand(Usage):
    """The group has no such command."""

    code = "no_such_command"
    message = N_("There is no command “{name}”.")
    hint = N_("{advice}")


class MissingCommand(Usage):
    """A group was named without one of its commands."""

    code = "missing_command"
    message = N_("{command}: a command is missing.")
    hint = N_("One of: {commands}")


class OneDocumentOnly(Usage):
    """The option says something of one document, and several are named."""

    code = "one_document_only"
    message = N_("{option} is of one document, {count} are named.")
    hint = N_("Name one document, or leave the option out.")


class OptionsExclude(Usage):
    """Two options contradict each other."""

    code = "options_exclude"
    message = N_("{first} and {second} exclude each other.")
    hint = N_("Give one of them.")


class TooManyArguments(Usage):
    """There are more arguments than the command takes."""

    code = "too_many_arguments"
    message = N_("There are arguments too many: {arguments}")
    hint = N_("Put text with spaces in quotation marks. See {command} --help")


class NeedsTerminal(Usage):
    """The command talks to a person, and there is no terminal."""

    code = "needs_terminal"
    message = N_("{command} works on a terminal only.")
    hint = N_("Run it in a terminal window, not in a pipe or from cron.")


class NobodyToAsk(Usage):
    """Something is asked for on a terminal, and there is none."""

    code = "nobody_to_ask"
    message = N_("{command} asks for what is not given, and there is no terminal to ask on.")
    hint = N_("From a script: {example}")


class NoSuchOperation(Usage):
    """The registry holds no such operation."""

    code = "no_such_operation"
    message = N_("There is no operation “{name}”.")
    hint = N_("{advice}")


class ConfirmationNeeded(Usage):
    """A destroying command runs without a terminal and without --yes."""

    code = "confirmation_needed"
    message = N_("{what}: this cannot be undone, and there is no terminal to ask on.")
    hint = N_("Add --yes if you are sure.")


class NothingPiped(Usage):
    """An option is `-`, and standard input is a terminal."""

    code = "nothing_piped"
    message = N_("{field}: “-” means standard input, and nothing is piped into it.")
    hint = N_("Pipe the text in, or write it after the option.")


class UnknownColumns(Usage):
    """--fields names columns that the data does not have."""

    code = "unknown_columns"
    message = N_("There is no column “{column}”.")
    hint = N_("Columns: {columns}")


class Declined(SedError):
    """The user said no."""

    code = "declined"
    exit_code = 130
    message = N_("Nothing was changed.")
    hint = N_("Repeat the command and answer yes, or add --yes.")


class Interrupted(SedError):
    """The user pressed Ctrl-C."""

    code = "interrupted"
    exit_code = 130
    message = N_("Interrupted.")
    hint = N_("What was completed stays: look before repeating.")


class UnknownFileForm(Usage):
    """The ending of a file's name asks for a form that reports do not have."""

    code = "unknown_file_form"
    message = N_("A report cannot be written as {name}.")
    hint = N_("Choose one of: {endings}")


class BadCondition(Usage):
    """The condition of --fail-if is neither `any` nor a number."""

    code = "bad_condition"
    message = N_("“{value}” is not a condition of --fail-if.")
    hint = N_("Write any, or a number of rows: --fail-if 10 fails from ten on.")
