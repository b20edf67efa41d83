"""Guides are found by any form of their words, with the organization's own beside them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sed_tui import i18n
from sed_tui.errors.guidance import NoGuideFolder, NothingInGuides, UnknownGuide, UnknownGuideFolder
from sed_tui.guidance import guides as shelf
from sed_tui.guidance.folders import add_folder, folders, remove_folder
from sed_tui.guidance.guides import guide_named, guide_of_screen, guides
from sed_tui.guidance.printing import as_html, as_text
from sed_tui.guidance.search import GuideHits, found_in
from tests import sample_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _russian() -> Iterator[None]:
    i18n.use("ru")
    yield
    i18n.use("en")


def search(query: str) -> GuideHits:
    return found_in(guides(), query)


@pytest.mark.parametrize(
    ("query", "topic"),
    [
        ("продление сроков", "assignments"),
        ("зарезервированных номеров", "journals"),
        ("отчетами", "reports"),
        ("отчётами", "reports"),
        ("КОРРЕСПОНДЕНТ", "correspondents"),
        ("корреспонд", "correspondents"),
        ("sedctl approval route check", "approval"),
    ],
)
def test_words_are_found_in_any_form(query: str, topic: str) -> None:
    found = search(query)

    assert not found.is_guess
    assert topic in {row.topic for row in found.rows[:3]}


@pytest.mark.parametrize("query", ["резалюция", "htpjk.wbz", "HTPJK.WBZ", "ркзолюция"])
def test_a_slip_or_another_layout_is_understood_and_told(query: str) -> None:
    found = search(query)

    assert (found.is_guess, found.searched) == (True, "резолюция")
    assert found.rows[0].topic == "resolutions"


@pytest.mark.parametrize("query", ["квазистационарный", "«»", " "])
def test_what_stands_nowhere_is_said_to_be_nowhere(query: str) -> None:
    with pytest.raises(NothingInGuides):
        search(query)


def test_an_unknown_guide_names_those_like_it() -> None:
    assert guide_named("Отчёты").topic == "reports"
    with pytest.raises(UnknownGuide) as refused:
        guide_named("reprots")

    assert "reports" in refused.value.advice


def test_a_screen_without_a_guide_takes_that_of_the_one_below() -> None:
    found = guide_of_screen(("nothing-of-ours", "document-card", "documents"))

    assert found is not None
    assert found.topic == "find-documents"


def test_a_guide_that_a_language_lacks_comes_in_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(shelf.SHIPPED, tmp_path / "guides")
    (tmp_path / "guides" / "en" / "reports.md").unlink()
    monkeypatch.setattr(shelf, "SHIPPED", tmp_path / "guides")
    shelf._shipped.cache_clear()
    try:
        i18n.use("en")
        assert (guide_named("reports").language, guide_named("terms").language) == ("ru", "en")
    finally:
        shelf._shipped.cache_clear()


def test_instructions_of_the_organization_are_found_with_the_guides(tmp_path: Path) -> None:
    folder = tmp_path / "инструкции"
    folder.mkdir()
    (folder / "otpusk.md").write_text("# Заявление на отпуск\n\nПодают за две недели.\x1b[2J\n")
    (folder / "старая.txt").write_bytes("Командировки оформляет кадровик".encode("cp1251"))
    (folder / "памятка.docx").write_bytes(sample_files.docx("Пропуск выдаёт бюро пропусков"))
    assert add_folder(folder) == folder
    add_folder(folder)

    assert folders() == [folder]
    assert search("заявления отпуск").rows[0].title == "Заявление на отпуск"
    assert search("командировка").rows[0].source.endswith("старая.txt")
    assert search("бюро пропуск").rows[0].topic == "памятка"
    assert "\x1b" not in guide_named("otpusk").text

    remove_folder(folder)

    assert not [one for one in guides() if one.source]


def test_folders_that_are_wrong_or_gone_are_told_or_hold_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoGuideFolder):
        add_folder(tmp_path / "none")
    with pytest.raises(UnknownGuideFolder):
        remove_folder(tmp_path)
    monkeypatch.setenv("SED_GUIDES", str(tmp_path / "gone"))

    assert not [one for one in guides() if one.source]


def test_guides_print_as_a_page_on_which_tags_are_text(tmp_path: Path) -> None:
    (tmp_path / "own.md").write_text("# Свой <script>alert(1)</script>\n\n<b>текст</b>\n")
    add_folder(tmp_path)
    page = as_html(guides())

    assert "<h1>Отчёты</h1>" in page
    assert "<script>" not in page
    assert "# Отчёты" in as_text([guide_named("reports")])
