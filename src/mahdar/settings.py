"""Every setting in one table: name, kind, default, unit in the name, help.

A value is taken from, later wins: the default, the settings file (``mahdar.toml`` in the working
folder, or the file that ``MAHDAR_SETTINGS`` names), the environment (``MAHDAR_<NAME>``), the
command's flag.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mahdar.errors import SettingError

Value = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table. ``kind`` is ``text``, ``whole`` (a number >= 0), ``choice`` or ``paths``."""

    name: str
    kind: str
    default: Value
    help: str
    choices: tuple[str, ...] = ()


SETTINGS = (
    Setting("record", "text", "mahdar.db", "path of the record that commands read and write"),
    Setting("packs", "paths", (), "folders of knowledge packs beside the shipped ones"),
    Setting("workers", "whole", 0, "processes that read articles; 0 means one per core"),
    Setting("chunk_articles", "whole", 50, "articles written to the record in one transaction"),
    Setting("reviewer", "text", "", "name under which judgements are written"),
    Setting("language", "choice", "en", "language of what commands print", ("ar", "en")),
    Setting("team", "choice", "off", "whether people sign in to the workbench", ("on", "off")),
    Setting("session_idle_minutes", "whole", 30, "minutes after which an unused sign-in ends"),
    Setting("session_hours", "whole", 12, "hours after which any sign-in ends"),
)


def load_settings(
    environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> dict[str, Value]:
    """Return every setting with the value in force before flags.

    Args:
        environment: the process's own if not given.
        folder: where ``mahdar.toml`` is looked for; the working folder if not given.
    Raises:
        SettingError: an unknown name, or a value of the wrong kind; says where it stands.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS}
    named = environment.get("MAHDAR_SETTINGS")
    path = Path(named) if named else (folder or Path.cwd()) / "mahdar.toml"
    if named and not path.is_file():
        raise SettingError(f"MAHDAR_SETTINGS names {path}, which is not a file")
    if path.is_file():
        for name, raw in _read_file(path).items():
            values[name] = _check(name, raw, str(path))
    for setting in SETTINGS:
        variable = f"MAHDAR_{setting.name.upper()}"
        if variable in environment:
            values[setting.name] = _check(setting.name, environment[variable], variable)
    return values


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path}: not valid TOML ({error})") from None


def _check(name: str, raw: Any, where: str) -> Value:
    """Return a raw value as its setting's kind."""
    setting = next((row for row in SETTINGS if row.name == name), None)
    if setting is None:
        known = ", ".join(row.name for row in SETTINGS)
        raise SettingError(f"{where}: no setting is called {name!r}; there are: {known}")
    if setting.kind == "whole":
        if isinstance(raw, bool) or not str(raw).isdecimal():
            raise SettingError(f"{where}: {name} must be a whole number, not {raw!r}")
        return int(raw)
    if setting.kind == "paths":
        parts = raw if isinstance(raw, list) else str(raw).split(os.pathsep)
        return tuple(str(part) for part in parts if str(part))
    if setting.kind == "choice" and raw not in setting.choices:
        raise SettingError(
            f"{where}: {name} must be one of {', '.join(setting.choices)}, not {raw!r}"
        )
    if not isinstance(raw, str):
        raise SettingError(f"{where}: {name} must be text, not {raw!r}")
    return raw
