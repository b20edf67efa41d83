"""The same physical keys on two layouts."""

from __future__ import annotations

import pytest

from widgets.keyboard import both_layouts, is_cyrillic, latin_chord


@pytest.mark.parametrize(
    ("keys", "both"),
    [
        ("j", "j,о"),
        ("G", "G,П"),
        ("down,j", "down,j,о"),
        ("ctrl+q", "ctrl+q,ctrl+й"),
        ("slash", "slash,full_stop"),
        ("question_mark", "question_mark,comma"),
        ("colon", "colon,Ж"),
        ("f5", "f5"),
        ("asterisk", "asterisk"),
        ("ctrl+enter", "ctrl+enter"),
    ],
)
def test_a_key_answers_under_its_russian_twin(keys: str, both: str) -> None:
    assert both_layouts(keys) == both


@pytest.mark.parametrize(
    ("key", "latin"),
    [
        ("ctrl+з", "ctrl+p"),
        ("ctrl+й", "ctrl+q"),
        ("alt+ф", "alt+a"),
        ("ctrl+shift+З", "ctrl+shift+P"),
        ("з", None),
        ("shift+З", None),
        ("ctrl+p", None),
        ("f1", None),
    ],
)
def test_a_chord_is_read_by_its_physical_keys_and_a_letter_is_text(
    key: str, latin: str | None
) -> None:
    assert latin_chord(key) == latin


def test_only_russian_letters_are_twins() -> None:
    assert is_cyrillic("ctrl+ф")
    assert not is_cyrillic("ctrl+a")
    assert not is_cyrillic("slash")
