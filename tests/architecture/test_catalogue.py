"""Every message has its Russian translation, with the same fields."""

from __future__ import annotations

import gettext
import importlib.util
import re
import string
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sed_tui.catalogue import Catalogue

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parents[2]


# braces that are no fields: tokens of a number formula, which have Russian names
SHOWN_AS_THEY_ARE = {
    "Text with tokens: {journal}-{ordinal}/{year2}.",
    "The code of the group, for {group}.",
}


@cache
def tool() -> Any:
    """Return the module that makes the catalogues."""
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / "tools" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@cache
def catalogues() -> tuple[Catalog, Catalog]:
    """Return the messages in the code, and the stored Russian catalogue."""
    return tool().extracted(), tool().russian()


def test_messages_within_f_strings_and_within_other_messages_are_found() -> None:
    module = (
        'said = f"# {_(\'one\')} " + _(TITLES.get(step, N_("two"))) + ngettext("a", "b", count)'
    )

    assert set(tool().messages_of(module)) == {"one", "two", ("a", "b")}


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def several(text: Any) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (text or "",)


def pairs(message: Message) -> list[tuple[str, str]]:
    return [(several(message.id)[-1], text) for text in several(message.string)]


def test_no_message_is_missing_or_fuzzy() -> None:
    code, russian = catalogues()
    lacking = []
    for message in code:
        stored = russian.get(message.id)
        if message.id and (
            stored is None or stored.fuzzy or not all(text for _id, text in pairs(stored))
        ):
            lacking.append(message.id)

    assert lacking == []


def test_no_message_is_left_over() -> None:
    code, russian = catalogues()
    leftover = [m.id for m in russian if m.id and code.get(m.id) is None]

    assert leftover == []


def test_a_translation_has_the_fields_of_its_message() -> None:
    _code, russian = catalogues()
    wrong = [
        (identity, text)
        for message in russian
        if message.id
        for identity, text in pairs(message)
        if text and identity not in SHOWN_AS_THEY_ARE and fields(text) != fields(identity)
    ]

    assert wrong == []


def test_translations_are_russian() -> None:
    _code, russian = catalogues()
    english = [
        text
        for message in russian
        if message.id
        for _identity, text in pairs(message)
        if text
        and re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", text)
        and not re.search("[а-я]", text)
    ]

    assert english == []


def test_counts_have_three_forms() -> None:
    _code, russian = catalogues()
    counted = [message for message in russian if isinstance(message.id, tuple)]

    assert counted
    assert {len(several(message.string)) for message in counted} == {russian.num_plurals} == {3}


def test_a_message_is_looked_up_as_gettext_reads_it() -> None:
    _code, russian = catalogues()
    place = gettext.find("sed_tui", ROOT / "sed_tui" / "locale", ["ru"])
    assert place is not None
    with Path(place).open("rb") as ours, Path(place).open("rb") as theirs:
        own, known = Catalogue(ours), gettext.GNUTranslations(theirs)

    for message in russian:
        ids = several(message.id)
        # of what has a plural, gettext asked without a count says this or that by its version
        assert len(ids) > 1 or own.gettext(ids[0]) == known.gettext(ids[0])
        for count in (0, 1, 2, 5, 11, 21, 104) if len(ids) > 1 else ():
            assert own.ngettext(ids[0], ids[1], count) == known.ngettext(ids[0], ids[1], count)
    for strange in ("no such message", "Å", "\udcff", "я" * 900):
        assert own.gettext(strange) == strange
    assert [own.ngettext("strange", "stranger", count) for count in (1, 2)] == [
        "strange",
        "stranger",
    ]
