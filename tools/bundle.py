"""Build an archive that installs the program on a machine without a network.

The archive holds the wheels of this platform and of this version of Python, each
checked against the lock, the program's own wheel, and the script that installs them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
LOCKED = ROOT / "requirements" / "run.txt"


def main() -> None:
    """Write bundle/sed-tui-VERSION-PLATFORM.tar.gz and say where it is."""
    name = f"sed-tui-{_version()}-{_platform()}"
    place = ROOT / "bundle" / name
    shutil.rmtree(place, ignore_errors=True)
    wheels = place / "wheels"
    wheels.mkdir(parents=True)
    hashed = ("--no-deps", "--require-hashes")
    _run("download", *hashed, "--only-binary=:all:", "-r", LOCKED, "-d", wheels)
    _run("wheel", "--no-build-isolation", "--no-deps", "-w", wheels, ROOT)
    for source in (LOCKED, ROOT / "LICENSE", *sorted((ROOT / "tools" / "bundle").iterdir())):
        shutil.copy(source, place)
    (place / "python-version").write_text("{}.{}\n".format(*sys.version_info))
    archive = place.with_name(f"{name}.tar.gz")
    with tarfile.open(archive, "w:gz") as file:
        file.add(place, name)
    print(archive.relative_to(ROOT))


def _version() -> str:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def _platform() -> str:
    system = sysconfig.get_platform().replace("-", "_")
    return f"py{sys.version_info.major}{sys.version_info.minor}-{system}"


def _run(*arguments: str | Path) -> None:
    subprocess.run([*PIP, *map(str, arguments), "--quiet"], check=True)


if __name__ == "__main__":
    main()
