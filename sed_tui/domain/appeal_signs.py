"""Whether a letter from a mailbox looks like a citizen's appeal (rules §1.8).

Since 30.03.2025 (547-FZ) electronic mail is no channel for appeals: they come through the
state services portal or systems that identify the person. Such a letter is shown with a
warning and starts no term of 59-FZ by itself; a person decides what it is.
"""

from __future__ import annotations

import re

from sed_tui.i18n import N_

_ENOUGH = 2
# what stands in appeals, and how much each says; lower case, ё as е
_SIGNS: tuple[tuple[str, int], ...] = (
    (r"\b59-?\s?фз\b", 2),
    (r"порядке рассмотрения обращений", 2),
    (r"\bобращени[еия]\b.{0,20}\bгражд", 2),
    (r"\bжалоб[ауы]\b", 2),
    (r"\bя,? .{3,80}\bпроживающ", 2),
    (r"\bпрож[иы]ва(ю|ющ)", 1),
    (r"\bобращаюсь к вам\b", 2),
    (r"\bпрошу (вас )?(принять меры|разобраться|помочь|оказать (содействие|помощь))", 2),
    (r"\bпрошу рассмотреть (мое|мою|наше|данное) ", 2),
    (r"\b(мы|я), (жители|жильцы|собственники|житель|пенсионер|инвалид|ветеран)", 2),
    (r"\bжители (дома|улицы|села|деревни|поселка|района)\b", 1),
    (r"\b(пенсионер|инвалид|многодетн|ветеран труда)", 1),
    (r"\b(управляющ\w+ компани|двор|подъезд|яма|ямы|не убира)", 1),
    (r"\bзаявление\b", 1),
)
_PUBLIC = frozenset(
    {
        *("mail.ru", "bk.ru", "list.ru", "inbox.ru", "internet.ru", "yandex.ru", "ya.ru"),
        *("yandex.com", "rambler.ru", "lenta.ru", "gmail.com", "outlook.com", "hotmail.com"),
        *("icloud.com", "yahoo.com", "vk.com", "proton.me"),
    }
)
# what offices write and citizens seldom do
_OFFICE = re.compile(r"\b(исх\. ?№|инн ?\d{10}\b|огрн|ооо «|гбу|мбоу|во исполнение|директивн)")
_LOOKED_AT, _SHOWN = 8000, 40

EXPLANATION = N_(
    "Electronic mail is no channel for citizens' appeals since 30.03.2025 (547-FZ): an appeal is "
    "sent through the state services portal or another system that identifies the person, on "
    "paper, or brought to the reception. No term of 59-FZ has begun with this letter."
)


def appeal_signs(subject: str, body: str, sender: str) -> list[str]:
    """Return the words for which a letter looks like an appeal, none where it does not."""
    text = f"{subject}\n{body[:_LOOKED_AT]}".lower().replace("ё", "е")
    found: list[str] = []
    weight = 0
    for pattern, weighs in _SIGNS:
        if match := re.search(pattern, text, re.DOTALL):
            found.append(_whole_words(text, *match.span()))
            weight += weighs
    if sender.rpartition("@")[2].lower() in _PUBLIC:
        weight += bool(found)
    if _OFFICE.search(text):
        weight -= 2
    return found if weight >= _ENOUGH else []


def _whole_words(text: str, start: int, end: int) -> str:
    """Return the words that a place of a text touches: a pattern ends where a stem does."""
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    words = " ".join(text[start:end].split())
    if len(words) <= _SHOWN:
        return words
    return (words[:_SHOWN].rpartition(" ")[0] or words[:_SHOWN]) + "…"
