"""The crontab and the systemd unit of the documentation, run in a bare environment."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.mail.server import AUTHORITY, MailServerOfTests
from tests.patience import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "reminders-by-cron.md"
INSTALLED = Path(sys.executable).parent
TOTALS = "report overdue --as-of yesterday --totals -f json"
PASSWORD = "secret-of-the-job"
# the server of the tests takes a password without asking for TLS first
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Requiring AUTH")]


def block(language: str, containing: str) -> str:
    found: list[str] = re.findall(
        rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    return next(text for text in found if containing in text)


def placed(text: str, home: Path, programs: Path) -> str:
    """Put the paths of this machine in place of the example's."""
    return text.replace("/opt/sed-tui/bin", str(programs)).replace("/var/lib/sed-tui", str(home))


@pytest.fixture
def server(
    demo: Path, tmp_path: Path, serving: Callable[..., MailServerOfTests]
) -> MailServerOfTests:
    """Return a server with TLS and a password, which the documented settings lead to."""
    started = serving(tls="tls", password=PASSWORD)
    home = tmp_path / "home"
    shutil.copytree(demo, home)
    secret = home / "smtp-password"
    secret.write_text(f"{PASSWORD}\n")
    stored = tomllib.loads(block("toml", "smtp_url"))["profile"]["default"]
    assert set(stored) == {"smtp_url", "smtp_from", "smtp_password_file"}
    stored |= {
        "smtp_url": re.sub(r"@.*", f"@localhost:{started.controller.port}", stored["smtp_url"]),
        "smtp_password_file": str(secret),
        "smtp_ca": str(AUTHORITY),
    }
    lines = "".join(f'{name} = "{value}"\n' for name, value in stored.items())
    (home / "config.toml").write_text(f"[profile.default]\n{lines}", encoding="utf-8")
    return started


def crontab(home: Path, programs: Path) -> tuple[list[str], list[str]]:
    """Return the variables and the commands of the documented crontab."""
    lines = placed(block("crontab", "sedctl"), home, programs).splitlines()
    variables = [line for line in lines if re.match(r"[A-Z_]+=", line)]
    commands = [m[1] for line in lines if (m := re.fullmatch(r"(?:[\d*/]+ ){5}(.+)", line))]
    return variables, commands


def run(command: str, variables: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["env", "-i", *variables, "/bin/sh", "-c", command],
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )


def rows_of(path: Path) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [[cell.value for cell in row] for row in sheet]


def test_the_crontab_mails_the_report_and_the_digests(
    server: MailServerOfTests, tmp_path: Path, ready_programs: Path
) -> None:
    home = tmp_path / "home"
    variables, commands = crontab(home, ready_programs)
    morning, retry = commands
    done = run(morning, variables)

    assert done.returncode == 0, done.stdout + done.stderr
    counted = run(f"{ready_programs}/sedctl {TOTALS}", variables)
    overdue = int(re.findall(r'"overdue": (\d+)', counted.stdout)[0])
    saved = rows_of(home / "overdue.xlsx")
    assert overdue > 0
    assert ["Всего просрочено", overdue] in [row[:2] for row in saved]
    reports = [m for _to, m in server.inbox.letters if m["Subject"].startswith("Просроченные")]
    digests = {to for to, m in server.inbox.letters if m["Subject"].startswith("Поручения")}
    assert reports
    assert all(m.get_content_type() == "multipart/mixed" for m in reports)
    assert digests
    sent = len(server.inbox.letters)
    assert run(morning, variables).returncode == 0
    assert run(retry, variables).returncode == 0
    assert len(server.inbox.letters) == sent


def test_the_systemd_service_does_the_same(server: MailServerOfTests, tmp_path: Path) -> None:
    # the installed program, as cron starts it: the bare environment has to do for its start
    unit = placed(block("ini", "ExecStart="), tmp_path / "home", INSTALLED)
    variables = re.findall(r"^Environment=(.+)$", unit, re.MULTILINE)
    [command] = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    done = run(command.replace("$$", "$"), variables)

    assert done.returncode == 0, done.stdout + done.stderr
    assert server.inbox.letters


def test_a_dead_server_fails_the_service_and_the_retry_sends_everything(
    server: MailServerOfTests, tmp_path: Path, ready_programs: Path
) -> None:
    variables, [morning, retry] = crontab(tmp_path / "home", ready_programs)
    server.stop()
    dead = run(morning, variables)
    waits = run(retry, variables)
    listed = run(f"{ready_programs}/sedctl notify list --state pending -f json", variables)
    pending = listed.stdout.count('"pending"')

    assert (dead.returncode, waits.returncode) == (7, 7), dead.stderr + waits.stderr
    assert pending > 1
    assert PASSWORD not in dead.stdout + dead.stderr + listed.stdout
    server.restart()
    assert run(f"{retry} --again", variables).returncode == 0
    assert len(server.inbox.letters) == pending
