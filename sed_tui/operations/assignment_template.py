"""Operations on the templates of assignments."""

from __future__ import annotations

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListTemplates(Request):
    """Ask for the templates in use; `all_states` asks for the closed ones as well."""

    all_states: bool = False


class AssignmentTemplate(Message):
    """A text to issue assignments with; `due` is the term that goes with it, if one does."""

    code: str
    text: str
    due: str | None
    state: str
    version: int


class TemplateList(Message):
    """Templates by code."""

    rows: list[AssignmentTemplate]
    next: None = None


class SetTemplate(Request):
    """Add a template, or change one: without a text it keeps its own; `is_closed` closes it.

    An empty `due` takes the term away. `version` is the one that was seen.
    """

    code: str
    text: str | None = None
    due: str | None = None
    is_closed: bool = False
    version: int | None = None


LIST = Operation(
    "template.list", N_("List templates of assignments"), ListTemplates, TemplateList, Effect.READ
)
SET = Operation(
    "template.set",
    N_("Set a template of assignments"),
    SetTemplate,
    AssignmentTemplate,
    Effect.WRITE,
)
