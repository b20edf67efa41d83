"""Packages: envelopes that are no INI files, files named otherwise, archives that bite."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.exchange import BadArchive, BadMessage, PartMissing
from sed_tui.exchange.envelope import read_envelope, write_envelope
from sed_tui.exchange.iedms_writing import write_message
from sed_tui.exchange.message import Acknowledgment, AttachedFile, FileGroup, Letter
from sed_tui.exchange.package import opened
from sed_tui.exchange.profile import Profile
from sed_tui.exchange.remarks import Oddity
from tests.exchange.samples import LETTER, MESSAGE, NOON, shared

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = Profile()
ENVELOPE = """[ПИСЬМО КП ПС СЗИ]
ТЕМА=ЭСД МЭДО (01-23/1456
Тип Зарегистрирован
Рег№ 77 = от 23.11.2026
АВТООТПРАВКА=1
ДАТА=23.11.2026 12:00:00
[Файлы]
0=document.xml
1=Письмо.pdf
[АДРЕСАТЫ]
0=TEST_OBL~MEDOGU
1=
"""


def packed(folder: Path, **files: bytes) -> Path:
    folder.mkdir()
    envelope = write_envelope("Тема", ["A~B"], ["document.xml", *files], NOON)
    (folder / "envelope.ini").write_bytes(envelope)
    (folder / "document.xml").write_bytes(write_message(MESSAGE, PROFILE))
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def test_an_envelope_keeps_the_lines_of_its_subject() -> None:
    envelope = read_envelope(ENVELOPE.encode("cp1251"))

    assert envelope.subject.splitlines() == [
        "ЭСД МЭДО (01-23/1456",
        "Тип Зарегистрирован",
        "Рег№ 77 = от 23.11.2026",
    ]
    assert envelope.addressees == ("TEST_OBL~MEDOGU",)
    assert envelope.files == ("document.xml", "Письмо.pdf")
    assert envelope.remarks == ()


def test_an_envelope_that_is_written_is_read() -> None:
    data = write_envelope("О\nрасходах 漢" + "я" * 300, ["A~B"], ["message.xml"], NOON)

    envelope = read_envelope(data)
    assert envelope.subject.startswith("О расходах ?яяя")
    assert len(envelope.subject.encode("cp1251")) == 255
    assert (envelope.addressees, envelope.files) == (("A~B",), ("message.xml",))


def test_an_envelope_without_its_sections_is_told_and_not_refused() -> None:
    assert {one.oddity for one in read_envelope(b"\xff\xfe garbage").remarks} == {
        Oddity.ENVELOPE_BROKEN
    }


def test_a_folder_gives_its_letter_with_the_files(tmp_path: Path) -> None:
    place = packed(tmp_path / "p", **{"Письмо.pdf": b"1", "Приложение.pdf": b"22"})

    with opened(place, PROFILE) as package:
        assert package.message == MESSAGE
        sizes = [member and member.size for _file, member in package.files]
    assert sizes == [1, 2]
    assert package.remarks == ()


@pytest.mark.parametrize(
    ("name", "kind", "real"),
    [
        ("Письмо", "pdf", "Письмо.pdf"),
        ("Письмо.doc", "doc", "письмо.DOC.doc"),
        ("x.pdf", "pdf", "x[1].pdf"),
    ],
)
def test_a_file_named_otherwise_is_found_and_told(
    tmp_path: Path, name: str, kind: str, real: str
) -> None:
    letter = replace(LETTER, files=(AttachedFile(name, FileGroup.TEXT, kind),))
    place = packed(tmp_path / "p", **{real: b"1"})
    (place / "document.xml").write_bytes(write_message(replace(MESSAGE, body=letter), PROFILE))

    with opened(place, PROFILE) as package:
        [(_file, member)] = package.files
        assert member is not None
        assert member.name == real
    assert [one.oddity for one in package.remarks] == [Oddity.FILE_RENAMED]


def test_what_is_missing_and_what_nobody_named_is_told(tmp_path: Path) -> None:
    place = packed(tmp_path / "p", **{"Письмо.pdf": b"1", "чужой.exe": b"MZ"})
    (place / "envelope.ini").unlink()

    with opened(place, PROFILE) as package:
        oddities = {one.oddity for one in package.remarks}
    assert oddities == {Oddity.ENVELOPE_MISSING, Oddity.FILE_MISSING, Oddity.FILE_UNNAMED}


def test_a_zip_with_names_of_dos_is_read(tmp_path: Path) -> None:
    place = tmp_path / "package.zip"
    names = {"QQQQQQ.pdf": "Письмо.pdf", "WWWWWWWWWW.pdf": "Приложение.pdf"}
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("p/document.xml", write_message(MESSAGE, PROFILE))
        for name in names:
            archive.writestr(f"p/{name}", b"1")
    data = place.read_bytes()
    for name, meant in names.items():  # the module itself would mark them as UTF-8
        data = data.replace(name.encode(), meant.encode("cp866"))
    place.write_bytes(data)

    with opened(place, PROFILE) as package:
        assert package.message == MESSAGE
        assert [member and member.name for _file, member in package.files] == [*names.values()]


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "..\\x", "C:\\x"])
def test_a_member_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    place = tmp_path / "package.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("document.xml", write_message(MESSAGE, PROFILE))
        archive.writestr(name, b"1")

    with pytest.raises(BadArchive), opened(place, PROFILE):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package.zip"]


def test_a_bomb_and_a_link_are_refused(tmp_path: Path) -> None:
    bomb, link = tmp_path / "bomb.zip", tmp_path / "link.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.xml", b"0" * 50_000_000)
    with zipfile.ZipFile(link, "w") as archive:
        info = zipfile.ZipInfo("x.xml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")

    for place in (bomb, link):
        with pytest.raises(BadArchive), opened(place, PROFILE):
            pass


def test_a_link_in_a_folder_is_no_file_of_the_package(tmp_path: Path) -> None:
    place = packed(tmp_path / "p", **{"Письмо.pdf": b"1"})
    (tmp_path / "secret").write_bytes(b"secret")
    (place / "Приложение.pdf").symlink_to(tmp_path / "secret")

    with opened(place, PROFILE) as package:
        assert [member is not None for _file, member in package.files] == [True, False]


@pytest.mark.parametrize("version", ["v2.7_container", "v2.7.1_container"])
def test_a_transport_container_gives_the_letter_of_its_passport(version: str) -> None:
    with opened(shared("iedms", "synthetic_2.7", version), PROFILE) as package:
        letter = package.message.body
        assert isinstance(letter, Letter)
        assert letter.number is not None
        assert [member is not None for _file, member in package.files] == [True, True]
        assert letter.files[0].signatures == ("document.p7s",)
        assert letter.signatories[0].person.person
    assert "«Ё-тест» № 7" in letter.annotation


def test_an_acknowledgment_of_2_7_1_is_read() -> None:
    place = shared("iedms", "synthetic_2.7", "v2.7.1_acknowledgment")
    with opened(place, PROFILE) as package:
        assert isinstance(package.message.body, Acknowledgment)
        assert package.message.body.accepted


@pytest.mark.parametrize("name", ["missing_main_document", "no_passport", "not_a_zip"])
def test_a_broken_container_is_refused(tmp_path: Path, name: str) -> None:
    good = shared("iedms", "synthetic_2.7", "v2.7.1_container")
    bad = shared("iedms", "synthetic_2.7", "negative", f"{name}.edc.zip")
    place = tmp_path / "p"
    shutil.copytree(good, place)
    shutil.copy(bad, place / "document.edc.zip")

    with pytest.raises((BadMessage, PartMissing)), opened(place, PROFILE):
        pass


def test_a_message_with_entities_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "p"
    place.mkdir()
    bad = shared("iedms", "synthetic_2.7", "negative", "xxe_document.xml")
    shutil.copy(bad, place / "document.xml")

    with pytest.raises(BadMessage), opened(place, PROFILE):
        pass
