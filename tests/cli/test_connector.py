"""`sedctl connector conformance`: what a partner's packages look like, without a database."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from sed_tui.exchange.iedms_writing import write_message
from sed_tui.exchange.profile import Profile
from tests.exchange.samples import MESSAGE, MESSAGE_UID

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome


def test_each_package_has_a_verdict_that_its_sender_can_act_on(
    anywhere: Callable[..., Outcome], tmp_path: Path
) -> None:
    for name, data in (("good", write_message(MESSAGE, Profile())), ("html", b"<html/>")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "document.xml").write_bytes(data)

    told = anywhere("connector", "conformance", str(tmp_path), "-f", "json")
    read = anywhere("--lang", "ru", "connector", "conformance", str(tmp_path / "good"))

    good, html = told.data["rows"]
    assert (told.status, good["result"], html["result"]) == (3, "refused", "refused")
    assert good["message"] == MESSAGE_UID
    assert [one["code"] for one in good["remarks"]] == ["envelope_missing", *["file_missing"] * 2]
    assert html["error"]["code"] == "bad_message"
    assert "a file that it names is missing: Письмо.pdf" in str(good["error"])
    assert read.status == 3
    assert "Присылайте envelope.ini" in read.out


def test_a_message_or_a_container_alone_is_told_with_what_to_mend(
    anywhere: Callable[..., Outcome], tmp_path: Path
) -> None:
    alone, container = tmp_path / "message.xml", tmp_path / "document.edc.zip"
    alone.write_bytes(b"<!DOCTYPE c><c/>")
    with zipfile.ZipFile(container, "w") as archive:
        archive.writestr("passport.xml", b"<container/>")
    told = anywhere("--lang", "ru", "connector", "conformance", str(alone))
    wrapped = anywhere("connector", "conformance", str(container))

    assert (told.status, wrapped.status) == (3, 3)
    assert "не должна писать DOCTYPE" in told.out
    assert "the message that names it is missing" in wrapped.out


def test_a_path_or_a_zone_that_is_not_there_is_refused(
    anywhere: Callable[..., Outcome], tmp_path: Path
) -> None:
    assert anywhere("connector", "conformance", str(tmp_path / "no")).status == 3
    empty = anywhere("connector", "conformance", str(tmp_path))
    assert (empty.status, "nothing_to_check" in empty.err or "to check" in empty.err) == (3, True)
    assert anywhere("connector", "conformance", str(tmp_path), "--zone", "Mars/Base").status == 3
