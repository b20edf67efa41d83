"""A profile written into the configuration file; what a person wrote around it stays."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

from sed_tui.config import configuration, configuration_path

if TYPE_CHECKING:
    from collections.abc import Mapping

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def write_profile(name: str, values: Mapping[str, str | bool | None]) -> None:
    """Set the keys of a profile, other keys of it stay; None takes one out.

    Where no profile was the default one, this becomes it.
    """
    known = configuration()
    is_first = "default_profile" not in known and "default" not in known.get("profile", {})
    merged = {**known.get("profile", {}).get(name, {}), **values}
    path = configuration_path()
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    text = _without_section(text, f"profile.{_key(name)}").rstrip("\n")
    if is_first:
        text = f"default_profile = {_value(name)}\n{text}".rstrip("\n")
    lines = [f"{key} = {_value(value)}" for key, value in merged.items() if value is not None]
    section = "\n".join((f"[profile.{_key(name)}]", *lines))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(f"{text}\n\n{section}\n".lstrip("\n"), encoding="utf-8")
    os.replace(draft, path)


def _without_section(text: str, header: str) -> str:
    kept, inside = [], False
    for line in text.splitlines():
        if line.lstrip().startswith("["):
            inside = line.strip().replace(" ", "") == f"[{header}]"
        if not inside:
            kept.append(line)
    return "\n".join(kept)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)


def _value(value: object) -> str:
    # a JSON text without escapes beyond the plane is a TOML text too
    return json.dumps(value, ensure_ascii=False)
