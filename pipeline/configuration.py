"""Where the settings of a run come from.

Later ones win: the defaults of :mod:`pipeline.settings`; a TOML file (the one named by
``--settings``, else ``vanban.toml`` in the current folder if there is one); the environment
(``VANBAN_<SECTION>_<FIELD>``, lists separated by commas); flags of the command line.
An unknown name or a value that does not fit is an error that names it and where it stands: a
setting with a typing error must not pass as the default.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import (
    BadSettingError,
    BadSettingsFileError,
    BadValueError,
    UnsupportedInputError,
)
from pipeline.files import read_bytes
from pipeline.settings import FORMATS, Part, Settings

FILE_NAME: Final = "vanban.toml"
PREFIX: Final = "VANBAN_"

_DEFAULTS: Final[dict[str, dict[str, object]]] = {
    section.name: {
        field.name: getattr(getattr(Settings(), section.name), field.name)
        for field in fields(section.default_factory)  # type: ignore[arg-type]  # all are records
    }
    for section in fields(Settings)
}

_ADAPTER: Final = TypeAdapter(Settings)


@dataclass(frozen=True, slots=True)
class _Fit:
    """What a value must be beyond its type: a test, and the same in words for the user."""

    holds: Callable[[Any], bool]
    allowed: str


def _one_of(*values: str) -> _Fit:
    return _Fit(lambda value: value in values, ", ".join(values))


def _between(low: float, high: float) -> _Fit:
    return _Fit(lambda value: low <= value <= high, f"{low} – {high}")


# What a setting can be that is not told below, by the type of its default.
_EXAMPLES: Final[dict[type, str]] = {
    bool: "true, false",
    int: "0, 1, 2, …",
    float: "0.5, 1, …",
    str: '"…"',
    tuple: '["…", "…"]',
}

_WHERE: Final = re.compile(r"line (\d+), column (\d+)")  # as the parser of TOML says it
_PARTS: Final[tuple[str, ...]] = get_args(Part)

# What the types of the records do not say.
_FITS: Final[dict[tuple[str, str], _Fit]] = {
    ("sources", "dpi"): _between(30, 2400),
    ("sources", "max_pixels"): _between(1, 2**40),
    ("sources", "text_layer"): _one_of("auto", "never"),
    ("imaging", "min_skew"): _between(0, 90),
    ("imaging", "max_skew"): _between(0, 90),
    ("imaging", "x_height"): _between(5, 200),
    ("recognition", "timeout"): _between(0.1, 86_400),
    ("correction", "profile"): _one_of("auto", "vie", "english", "stripped"),
    ("correction", "change_above"): _between(0, 1),
    ("correction", "propose_above"): _between(0, 1),
    ("correction", "without"): _Fit(lambda names: set(names) <= set(_PARTS), ", ".join(_PARTS)),
    ("writers", "formats"): _Fit(
        lambda names: bool(names) and set(names) <= set(FORMATS), ", ".join(FORMATS)
    ),
    ("writers", "doubts"): _one_of("highlight", "comment", "none"),
    ("writers", "numbering"): _one_of("text", "auto"),
    ("writers", "layout"): _one_of("official", "as-printed"),
    ("batch", "jobs"): _between(0, 1024),
    ("batch", "page_timeout"): _between(0, 604_800),
    ("batch", "memory"): _between(0, 2**30),
    ("batch", "cluster_timeout"): _between(0, 604_800),
    ("batch", "on_existing"): _one_of("skip", "overwrite", "fail"),
    ("batch", "on_error"): _one_of("continue", "stop"),
    ("batch", "max_failures"): _Fit(
        lambda value: bool(re.fullmatch(r"|\d+|(\d{1,2}(\.\d+)?|100)%", value)), "20, 5%, …"
    ),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One value given by the user, and the place that gives it, for messages."""

    section: str
    field: str
    value: object
    place: str


def settings_file(named: Path | None) -> Path | None:
    """Return the file *named*, else the current folder's if there is one, else None."""
    if named is not None:
        return named
    local = Path(FILE_NAME)
    return local if local.is_file() else None


def load(
    file: Path | None = None,
    flags: Mapping[str, Mapping[str, object]] | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """Return the settings of this run.

    Args:
        file: what ``--settings`` names, if given.
        flags: section → field → value; None stands for a flag that was not given.
        environment: the process's environment.

    Raises:
        BadSettingError: a setting is unknown or does not fit; it names the setting and its place.
        MissingInputError: *file* does not exist.
        UnreadableInputError: *file* cannot be read.
    """
    given: dict[tuple[str, str], Setting] = {}
    found = settings_file(file)
    for setting in (
        *(_from_file(found) if found else ()),
        *_from_environment(environment),
        *_from_flags(flags or {}),
    ):
        if setting.field not in _DEFAULTS.get(setting.section, {}):
            raise BadSettingError(setting.place, "unknown")
        given[setting.section, setting.field] = setting
    return _validated(given)


def _validated(given: Mapping[tuple[str, str], Setting]) -> Settings:
    values = {section: dict(defaults) for section, defaults in _DEFAULTS.items()}
    for setting in given.values():
        values[setting.section][setting.field] = setting.value
    try:
        settings = _ADAPTER.validate_python(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = str(first["loc"][0]), str(first["loc"][1])
        if where in _FITS:
            raise _bad_value(given[where], _FITS[where].allowed) from error
        allowed = _EXAMPLES[type(_DEFAULTS[where[0]][where[1]])]
        raise _bad_value(given[where], allowed) from error
    for (section, field), setting in given.items():
        kind = type(_DEFAULTS[section][field])
        if isinstance(setting.value, bool) and kind in (int, float):  # a number, to Python
            raise _bad_value(setting, _EXAMPLES[kind])
        value = getattr(getattr(settings, section), field)
        fit = _FITS.get((section, field))
        if fit is not None and not fit.holds(value):
            raise _bad_value(setting, fit.allowed)
    return settings


def _bad_value(setting: Setting, allowed: str) -> BadValueError:
    value = setting.value
    shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else repr(value)
    return BadValueError(setting.place, shown, allowed)


def _from_file(file: Path) -> Iterator[Setting]:
    try:
        data = tomllib.loads(read_bytes(file).decode("utf-8-sig"))
    except UnsupportedInputError as error:
        raise BadSettingError(file, error.detail) from error
    except ValueError as error:  # no UTF-8, or no TOML
        where = _WHERE.search(str(error))
        raise BadSettingsFileError(file, ":".join(where.groups()) if where else "") from error
    for section, table in data.items():
        if not isinstance(table, dict):
            raise BadSettingError(f"{file}: {section}", "unknown")
        if section not in _DEFAULTS:
            raise BadSettingError(f"{file}: [{section}]", "unknown")
        for field, value in table.items():
            yield Setting(section, field, value, f"{file}: [{section}] {field}")


def _from_environment(environment: Mapping[str, str]) -> Iterator[Setting]:
    # Names outside our sections are left alone: container systems set VANBAN_PORT and the like.
    for name, text in sorted(environment.items()):
        section, _, field = name.removeprefix(PREFIX).lower().partition("_")
        if not name.startswith(PREFIX) or section not in _DEFAULTS:
            continue
        is_list = isinstance(_DEFAULTS[section].get(field), tuple)
        value = as_list(text) if is_list else text
        yield Setting(section, field, value, name)


def _from_flags(flags: Mapping[str, Mapping[str, object]]) -> Iterator[Setting]:
    for section, values in flags.items():
        for field, value in values.items():
            if value is not None:
                yield Setting(section, field, value, f"--{field.replace('_', '-')}")


def as_list(text: str | None) -> list[str] | None:
    """Return the parts of a comma-separated list; None stays None."""
    return None if text is None else [part.strip() for part in text.split(",") if part.strip()]
