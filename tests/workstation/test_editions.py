"""Editions of the requirements: read whole or not at all, the newer one counts."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.requirements import differences, read_requirements
from sed_tui.errors.installation import BadConfiguration
from sed_tui.errors.workstation import BadRequirements, NoSuchSymptom, OlderRequirements
from sed_tui.workstation.editions import imported_path, install, read_edition, shipped, used
from sed_tui.workstation.settings import what_to_ask
from sed_tui.workstation.symptoms import look_up, symptoms

if TYPE_CHECKING:
    from pathlib import Path


def newer(day: str = "2027-03-01", minimum: str = "5.0.11455") -> str:
    text = shipped().text.replace('edition = "2026-11"', 'edition = "2027-03"')
    return text.replace("date = 2026-11-01", f"date = {day}").replace("4.0.9963", minimum)


def test_the_shipped_edition_holds_what_the_operator_publishes() -> None:
    edition = shipped().requirements

    assert str(edition.csp.minimum) == "4.0.9963"
    assert [str(one.csp_needed) for one in edition.pairs if one.failing] == ["5.0.11455"]
    assert [one.code for one in edition.sets] == ["executive", "institutions"]
    assert edition.set_of("executive").default_mail
    assert not edition.set_of("institutions").default_mail
    assert edition.is_stale(date(2028, 1, 1))


def test_a_newer_edition_is_imported_and_an_older_one_is_not(tmp_path: Path) -> None:
    file = tmp_path / "edition.toml"
    file.write_text(newer(), encoding="utf-8")
    install(read_edition(file))
    assert used().place == imported_path()
    assert used().requirements.edition == "2027-03"

    file.write_text(newer("2026-12-01", "5.0"), encoding="utf-8")
    with pytest.raises(OlderRequirements, match="2027-03-01"):
        install(read_edition(file))
    install(read_edition(file), force=True)
    assert used().requirements.dated == date(2026, 12, 1)


def test_what_differs_between_editions_is_listed() -> None:
    found = differences(shipped().requirements, read_requirements(newer()))

    assert ("csp.minimum", "4.0.9963", "5.0.11455") in found
    assert ("edition", "2026-11", "2027-03") in found
    assert differences(shipped().requirements, shipped().requirements) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("format = 1", "format = 9"), "format is 9"),
        (("[csp]", "[csp"), "line"),
        (("minimum =", "minimal ="), "minimal"),
        (('"4.0.9963"', '"four"'), "four"),
        (("date = 2026-11-01", 'date = "soon"'), "date"),
        (("8ff915cc", "xxxx15cc"), "fingerprint"),
        (('"https://sd.72to.ru"\nrequired', '"portal"\nrequired'), "begins with http"),
        (("required = false", 'required = "no"'), "true or false"),
        (("[sets.executive]", "[groups.executive]"), "groups"),
    ],
)
def test_a_file_that_is_no_edition_is_refused_with_the_place(
    change: tuple[str, str], words: str
) -> None:
    with pytest.raises(BadRequirements, match=words):
        read_requirements(shipped().text.replace(*change, 1))


def test_the_configuration_adds_services_of_the_office(tmp_path: Path) -> None:
    home = imported_path().parent
    home.mkdir(parents=True, exist_ok=True)
    configuration = home / "config.toml"
    configuration.write_text(
        '[workstation]\nset = "institutions"\n'
        '[[workstation.service]]\nid = "portal"\nurl = "https://portal"\nissuers = ["УЦ"]\n',
        encoding="utf-8",
    )

    asked = what_to_ask(shipped().requirements, None)

    assert asked.chosen.code == "institutions"
    assert [one.id for one in asked.requirements.services] == ["portal", "support"]
    with pytest.raises(BadRequirements, match="executive, institutions"):
        what_to_ask(shipped().requirements, "nobody")
    configuration.write_text('[[workstation.service]]\nname = "x"\n', encoding="utf-8")
    with pytest.raises(BadConfiguration, match=r"workstation\.service"):
        what_to_ask(shipped().requirements, None)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Подключение не защищено", "not_protected"),
        ("браузер пишет, что подключение не защищено!", "not_protected"),
        ("NET::ERR_CERT_AUTHORITY_INVALID", "not_protected"),
        ("не открываются сайты", "site_does_not_open"),
        ("СЭД не открывается", "site_does_not_open"),
        ("ссылки открываются в другом браузере", "wrong_browser"),
        ("link opens in the wrong browser", "wrong_browser"),
        ("не создаются письма с вложениями", "mail_does_not_open"),
        ("истекла лицензия", "licence_over"),
        ("зависает выбор сертификатов", "choice_hangs"),
    ],
)
def test_a_symptom_is_found_by_the_words_of_users(said: str, found: str) -> None:
    assert look_up(said)[0].id == found


def test_what_no_symptom_knows_is_told_with_what_is_known() -> None:
    with pytest.raises(NoSuchSymptom) as failure:
        look_up("принтер зажевал бумагу")

    assert "protected" in failure.value.advice


def test_symptoms_name_checks_that_exist_in_both_languages() -> None:
    from sed_tui.domain.workstation import CHECK_TITLES

    for one in symptoms():
        assert set(one.checks) <= CHECK_TITLES.keys()
        assert len(one.steps["ru"]) == len(one.steps["en"])


def test_the_guide_tells_every_symptom_in_both_languages() -> None:
    for language in ("ru", "en"):
        guide = (files("sed_tui") / "guides" / language / "workstation.md").read_text("utf-8")
        told = " ".join(guide.split())

        for one in symptoms():
            assert f"## {one.title[language]} 1." in told
            assert all(step in told for step in one.steps[language])
