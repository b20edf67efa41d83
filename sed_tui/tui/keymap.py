"""Keys chosen by the user: the `[keys]` table of the configuration, binding id → keys."""

from __future__ import annotations

import tomllib

from sed_tui.config import configuration_path
from sed_tui.errors.causes import toml_cause
from sed_tui.errors.installation import BadConfiguration
from widgets.keyboard import both_layouts


def chosen_keys() -> dict[str, str]:
    """Return the keys of the configuration, each with its Russian twin.

    `[keys]` holds lines such as `"table.down" = "down,j"`; the ids stand in the help of
    F1. Raises `BadConfiguration`.
    """
    path = configuration_path()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadConfiguration(path=str(path), reason=toml_cause(error)) from error
    keys = content.get("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(value, str) for value in keys.values()):
        raise BadConfiguration(path=str(path), reason='[keys]: "table.down" = "down,j"')
    return {name: both_layouts(value) for name, value in keys.items()}
