"""Packages checked for a partner are judged as those that come in, each by itself."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from sed_tui.errors.exchange import NothingToCheck
from sed_tui.exchange.envelope import write_envelope
from sed_tui.exchange.iedms_writing import write_message
from sed_tui.exchange.profile import Profile
from sed_tui.exchange.remarks import Oddity
from sed_tui.gateway.package_conformance import Conformance, Verdict, check_packages
from tests.exchange.samples import LETTER, MESSAGE, NOON

_EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "exchange-http"
_FILES = {"Письмо.pdf": b"1", "Приложение.pdf": b"22"}


def written(folder: Path, files: dict[str, bytes], message: bytes = b"") -> Path:
    folder.mkdir(parents=True)
    parts = {
        "envelope.ini": write_envelope("Тема", ["A~B"], ["document.xml", *files], NOON),
        "document.xml": message or write_message(MESSAGE, Profile()),
        **files,
    }
    for name, content in parts.items():
        (folder / name).write_bytes(content)
    return folder


def checked(place: Path) -> dict[str, Conformance]:
    return {one.package: one for one in check_packages(place, Profile())}


def test_bad_zips_beside_a_bad_message_are_each_reported(tmp_path: Path) -> None:
    negative = tmp_path / "made" / "negative"
    written(tmp_path / "made" / "good", _FILES)
    negative.mkdir()
    (negative / "xxe.xml").write_bytes(b"<!DOCTYPE c><c/>")
    (negative / "text.edc.zip").write_bytes(b"no zip")
    with zipfile.ZipFile(negative / "bare.edc.zip", "w") as archive:
        archive.writestr("passport.xml", b"<container/>")

    found = checked(tmp_path)

    assert {name: one.verdict for name, one in found.items()} == {
        "made/good": Verdict.ACCEPTED,
        "made/negative/bare.edc.zip": Verdict.REFUSED,
        "made/negative/text.edc.zip": Verdict.REFUSED,
        "made/negative/xxe.xml": Verdict.REFUSED,
    }


def test_each_package_of_a_zip_of_several_is_judged(tmp_path: Path) -> None:
    for name, files in (("1", _FILES), ("2", {})):
        written(tmp_path / "made" / name, files)
    packed = Path(shutil.make_archive(str(tmp_path / "both"), "zip", tmp_path / "made"))

    assert [one.verdict for one in checked(packed).values()] == [Verdict.ACCEPTED, Verdict.REFUSED]


def test_a_zip_that_the_message_does_not_name_is_judged_too(tmp_path: Path) -> None:
    (written(tmp_path / "in", _FILES) / "envelope.ini").unlink()
    (tmp_path / "in" / "other.zip").write_bytes(b"no zip")

    found = checked(tmp_path / "in")

    assert (found["in"].verdict, found["other.zip"].verdict) == (Verdict.REMARKS, Verdict.REFUSED)


def test_what_receiving_keeps_out_for_its_files_is_refused(tmp_path: Path) -> None:
    bare = write_message(replace(MESSAGE, body=replace(LETTER, files=())), Profile())
    written(tmp_path / "absent", {"Письмо.pdf": b"1"})
    written(tmp_path / "bare", {}, bare)
    written(tmp_path / "empty", dict.fromkeys(_FILES, b""))

    found = checked(tmp_path)

    assert {one.verdict for one in found.values()} == {Verdict.REFUSED}
    told = {name: str(one.failure) for name, one in found.items()}
    assert told["absent"] == "absent: a file that it names is missing: Приложение.pdf"
    assert told["bare"] == "bare: it has no file"
    assert told["empty"] == "empty: it has no file"


def test_a_signature_that_is_none_is_remarked(tmp_path: Path) -> None:
    place = written(tmp_path / "signed", {**_FILES, "Письмо.pdf.p7s": b"placeholder"})

    one = checked(place)["signed"]

    assert one.verdict is Verdict.REMARKS
    where = {remark.oddity: remark.where for remark in one.remarks}
    assert where[Oddity.SIGNATURE_UNPROVEN] == (
        "Письмо.pdf.p7s: the file of the signature cannot be read as one"
    )


def test_links_are_refused_and_not_followed(tmp_path: Path) -> None:
    outside = written(tmp_path / "outside", _FILES)
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "21link").symlink_to(outside, target_is_directory=True)
    (inside / "22link.xml").symlink_to(outside / "document.xml")

    found = checked(inside)

    assert [str(one.failure) for one in found.values()] == [
        "21link: it is a link",
        "22link.xml: it is a link",
    ]


def test_json_messages_are_judged_by_the_schema(tmp_path: Path) -> None:
    valid, invalid = checked(_EXAMPLES / "valid"), checked(_EXAMPLES / "invalid")
    alone = _EXAMPLES / "valid" / "receipt.json"
    whole = tmp_path / "whole"
    whole.mkdir()
    shutil.copy(_EXAMPLES / "valid" / "letter.json", whole / "message.json")

    assert len(valid) == len(list((_EXAMPLES / "valid").iterdir()))
    assert Verdict.REFUSED not in {one.verdict for one in valid.values()}
    assert len(invalid) == len(list((_EXAMPLES / "invalid").iterdir()))
    assert {one.verdict for one in invalid.values()} == {Verdict.REFUSED}
    assert checked(alone)["receipt.json"].verdict is Verdict.ACCEPTED
    assert "is missing" in str(checked(whole)["whole"].failure)


def test_nothing_to_judge_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(NothingToCheck):
        checked(tmp_path)


def test_a_folder_without_any_message_is_refused_as_it_would_be(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Письмо.pdf").write_bytes(b"1")

    assert checked(tmp_path)["in"].verdict is Verdict.REFUSED
