"""A standby takes over, and a database goes back in time: with the commands of the page."""

from __future__ import annotations

import io
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sed_tui.config import Settings, database_url
from sed_tui.domain.clock import SystemClock
from sed_tui.domain.flows import Flow
from sed_tui.gateway.local import LocalGateway
from sed_tui.gateway.setup import initialize
from sed_tui.gateway.upkeep import backup, check
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.file import ADD, AddFile, FileContent
from sed_tui.operations.registration import REGISTER, RegisterDocument
from tests.conftest import FIRST_OFFICE
from tests.postgres_clusters import Cluster, new_ground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import FixedClock

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "deploy.md").read_text(encoding="utf-8")
NOT_HERE = ("ssl", "password_encryption")  # sockets of this machine have neither

pytestmark = pytest.mark.slow


def of_page(name: str) -> str:
    """Return a setting as the page has it."""
    found = re.search(rf"^ *({name} = .*)$", PAGE, re.MULTILINE)
    assert found is not None, name
    return found[1]


def settings_of_page() -> str:
    """Return the settings of the primary as the page has them."""
    [block] = re.findall(r"```ini\n(password_encryption.*?)```", PAGE, re.DOTALL)
    return "\n".join(one for one in block.splitlines() if not one.startswith(NOT_HERE))


@pytest.fixture(scope="module")
def primary() -> Iterator[Cluster]:
    """Return a primary with an archive, set up as the page says."""
    ground = new_ground()
    for name in ("wal", "base"):
        (ground.folder / name).mkdir()
        shutil.chown(ground.folder / name, (ground.folder).stat().st_uid)
    one = Cluster(ground, "primary", 5501)
    one.make(settings_of_page().replace("/mnt/wal", str(ground.folder / "wal")))
    rules = one.data / "pg_hba.conf"
    rules.write_text(f"local sed keeper scram-sha-256\n{rules.read_text()}")
    one.start()
    one.ask("CREATE ROLE replica LOGIN REPLICATION PASSWORD 'x'")
    one.ask("CREATE DATABASE sed ENCODING 'UTF8' TEMPLATE template0")
    initialize(office(ground.folder, one), FIRST_OFFICE, SystemClock())
    yield one
    ground.remove()


def office(files: Path, *servers: Cluster) -> Settings:
    """Return the settings of whoever works with the servers, named as the page names them."""
    hosts = ",".join(str(one.ground.folder) for one in servers)
    ports = ",".join(str(one.port) for one in servers)
    place = f"/sed?host={hosts}&port={ports}&target_session_attrs=read-write"
    url = database_url(f"postgresql://postgres@{place}")
    return Settings(url, files=files, login="admin")


def registered(settings: Settings, clock: FixedClock, text: str) -> str:
    """Register a letter with a file and return its number."""
    gateway = LocalGateway(settings, clock)
    made = gateway.call(REGISTER, RegisterDocument(flow=Flow.INTERNAL, subject=text))
    token = gateway.stage(io.BytesIO(text.encode()))
    file = AddFile(document=str(made.id), files=(FileContent(name="letter.txt", token=token),))
    gateway.call(ADD, file)
    gateway.close()
    return made.number


def subjects(settings: Settings, clock: FixedClock) -> list[str]:
    gateway = LocalGateway(settings, clock)
    rows = gateway.call(LIST, ListDocuments()).rows
    gateway.close()
    return [row.subject for row in rows]


def faults(settings: Settings) -> dict[str, int]:
    return {one.id: one.faults for one in check(settings, deep=True) if one.faults}


def test_a_backup_is_made_with_a_password_and_by_an_address_of_several_servers(
    primary: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(primary.ground.programs), prepend=os.pathsep)
    primary.ask("CREATE ROLE keeper LOGIN PASSWORD 'secret'")
    primary.ask("GRANT sed_everywhere TO keeper", "sed")
    keeper = office(tmp_path / "files", Cluster(primary.ground, "none", 5599), primary)
    keeper = replace(keeper, database=keeper.database.replace("postgres@", "keeper:secret@"))

    made = backup(keeper, tmp_path / "office.backup")

    assert Path(made.backup).stat().st_size > 0


def test_a_database_goes_back_to_the_moment_before_a_mistake(
    primary: Cluster, clock: FixedClock, tmp_path: Path
) -> None:
    now = office(tmp_path / "files", primary)
    ground = primary.ground
    ground.run(
        "pg_basebackup",
        *("-h", ground.folder, "-p", str(primary.port), "-U", "postgres"),
        *("-D", ground.folder / "base" / "first", "-X", "none", "-c", "fast"),
    )
    kept = registered(now, clock, "до ошибки")
    moment = primary.ask("SELECT clock_timestamp()::text")
    lost = registered(now, clock, "после")
    last = primary.ask("SELECT pg_walfile_name(pg_switch_wal())")
    primary.wait_for("SELECT last_archived_wal FROM pg_stat_archiver", last)

    past = Cluster(ground, "past", 5502)
    shutil.move(ground.folder / "base" / "first", past.data)
    restore = of_page("restore_command").replace("/mnt/wal", str(ground.folder / "wal"))
    past.configure(f"{restore}\nrecovery_target_time = '{moment}'\narchive_mode = off")
    (past.data / "recovery.signal").touch()
    past.start()
    then = office(tmp_path / "files", past)
    looked_at = replace(then, database=then.database.replace("read-write", "any"))
    past.wait_for("SELECT pg_get_wal_replay_pause_state()", "paused")
    seen = subjects(looked_at, clock), faults(looked_at)
    past.ask("SELECT pg_wal_replay_resume()")
    past.wait_for("SELECT pg_is_in_recovery()", expected=False)

    assert seen == (["до ошибки"], {"unused_files": 1})
    assert faults(then) == {"unused_files": 1}
    assert (kept, registered(then, clock, "после")) == (kept, lost)
    assert faults(then) == faults(now) == {}
    past.stop()


def test_a_standby_takes_over_with_all_that_was_acknowledged(
    primary: Cluster, clock: FixedClock, tmp_path: Path
) -> None:
    ground, standby = primary.ground, Cluster(primary.ground, "standby", 5503)
    [words] = re.findall(r'^pg_basebackup -d "(.*)" -D \S+ (-R .*)$', PAGE, re.MULTILINE)
    address = words[0].replace("host=db1.example", f"host={ground.folder} port={primary.port}")
    address = address.replace(" sslmode=verify-full", "")
    ground.run("pg_basebackup", "-d", address, "-D", standby.data, *words[1].split())
    standby.configure("archive_mode = off")
    standby.start()
    primary.ask(f"ALTER SYSTEM SET {of_page('synchronous_standby_names')}")
    primary.ask("SELECT pg_reload_conf()")
    primary.wait_for("SELECT sync_state FROM pg_stat_replication", "sync")

    both = office(tmp_path / "files", primary, standby)
    before = subjects(both, clock)
    first = registered(both, clock, "на двух машинах")
    primary.stop()
    standby.promote()
    second = registered(both, clock, "на оставшейся")

    assert subjects(both, clock) == ["на оставшейся", "на двух машинах", *before]
    following = [int(re.findall(r"\d+", number)[0]) for number in (first, second)]
    assert following[1] == following[0] + 1
    assert set(faults(both)) <= {"lost_files"}  # the other test has a folder of its own
