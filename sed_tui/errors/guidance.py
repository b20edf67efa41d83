"""Failures of guides, of the organization's own instructions, and of their search."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, NotFound
from sed_tui.i18n import N_


class UnknownGuide(NotFound):
    """No guide has this topic or title."""

    code = "unknown_guide"
    message = N_("There is no guide “{topic}”.")
    hint = N_("Perhaps: {likely}. All of them: sedctl guide list")


class NothingInGuides(NotFound):
    """No guide holds the words."""

    code = "nothing_in_guides"
    message = N_("No guide holds “{query}”.")
    hint = N_("Use fewer words, or look through the list: sedctl guide list")


class NoGuideFolder(Invalid):
    """The folder of instructions is not there."""

    code = "no_guide_folder"
    message = N_("{path} is not a folder.")
    hint = N_("Name a folder with .md, .txt, .docx or .pdf files.")


class UnknownGuideFolder(NotFound):
    """The folder was never added."""

    code = "unknown_guide_folder"
    message = N_("{path} is not among the folders of instructions.")
    hint = N_("They are listed by: sedctl guide folder list")


class UnknownVersion(NotFound):
    """The program knows nothing of such a version."""

    code = "unknown_version"
    message = N_("There is no news of the version “{version}”.")
    hint = N_("Known: {known}")
