"""Pipes that break, disks that fill up, Ctrl-C: nothing is left half done."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import PROGRAM, program
from tests.patience import LONGEST


def documents(office: Path) -> int:
    db = sqlite3.connect(office)
    [(count,)] = db.execute("SELECT count(*) FROM correspondent")
    db.close()
    return int(count)


def test_a_reader_that_has_enough_is_no_failure() -> None:
    with subprocess.Popen(
        [PROGRAM, "spec"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        errors = process.stderr.read()

    assert (process.returncode, errors) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_behind_the_output_is_told(office: Path) -> None:
    here = ("--database", str(office), "--as", "admin")
    with Path("/dev/full").open("w") as full:
        read = program(
            *here,
            *("organization", "list", "--format", "json"),
            capture_output=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )

    assert read.returncode == 7
    assert json.loads(read.stderr)["code"] == "output_lost"


# a shell starts what runs in the background, these tests too, deaf to Ctrl+C
_HEEDING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""


def test_ctrl_c_ends_a_batch_between_two_lines(office: Path) -> None:
    line = b'{"operation": "correspondent.add", "request": {"name": "%s"}}\n'
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            _HEEDING,
            PROGRAM,
            "--database",
            str(office),
            "--as",
            "admin",
            "batch",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(line % b"A1")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        error = json.loads(process.stderr.read())

    assert answer["ok"] is True
    assert process.returncode == 130
    assert error["code"] == "interrupted"
    assert documents(office) == 1


def test_killing_a_writer_leaves_what_was_committed(office: Path) -> None:
    line = b'{"operation": "correspondent.add", "request": {"name": "%s"}}\n'
    with subprocess.Popen(
        [PROGRAM, "--database", str(office), "--as", "admin", "batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line % b"A1" + line % b"A2")
        process.stdin.flush()
        process.stdout.readline()
        process.kill()
    again = program("--database", str(office), "--as", "admin", "correspondent", "add", "A3")

    assert again.returncode == 0, again.stderr
    assert documents(office) in {2, 3}


def test_closed_streams_do_not_break_a_run(office: Path) -> None:
    command = f"'{PROGRAM}' --database '{office}' --as admin organization list >&- 2>&-"
    done = subprocess.run(
        ["sh", "-c", command], check=False, stdin=subprocess.DEVNULL, timeout=LONGEST
    )

    assert done.returncode == 0


def test_another_encoding_of_the_terminal_loses_no_run(office: Path) -> None:
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    answer = program(
        *("--database", str(office), "--as", "admin", "organization", "list"),
        env={**os.environ, **environment},
    )

    assert answer.returncode == 0
    assert "Администрация" in answer.stdout
