"""The kiosk's settings: one TOML file, every limit with its unit, unknown keys refused.

Knows what can be set and its defaults. Does not know who uses a value: the composition root reads
the file once and hands values on.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from kiosk.core.errors import ConfigError
from kiosk.core.value import Value, field

_T = TypeVar("_T", bound=Value)


class Device(Value, frozen=True):
    """The touch panel. `mm_per_px` is measured, because EDID lies."""

    width_px: int = 1080
    height_px: int = 1920
    mm_per_px: float = 0.311


class Idle(Value, frozen=True):
    """When a visit ends by itself."""

    ask_after_s: float = 180.0
    answer_within_s: float = 45.0


class Sync(Value, frozen=True):
    """How often the hub is asked."""

    interval_s: float = 60.0


class Printer(Value, frozen=True):
    """Where slips go: `folder` writes PDF files, `tcp` is an ESC/POS printer."""

    kind: str = "folder"
    host: str = ""
    port: int = 9100


class Config(Value, frozen=True):
    """Everything that can be set on one kiosk."""

    profile: str = ""  # a file of resources/profiles; `device` overrides it
    full_screen: bool = False
    device: Device = field(default_factory=Device)
    idle: Idle = field(default_factory=Idle)
    sync: Sync = field(default_factory=Sync)
    printer: Printer = field(default_factory=Printer)


def load(file: Path, profiles: Path) -> Config:
    """The settings in a file; the defaults where there is none.

    Raises:
        ConfigError: not TOML, an unknown key, or a value of the wrong kind or range.
    """
    table = _read(file) if file.exists() else {}
    profile = table.get("profile")
    if isinstance(profile, str) and profile:
        own = table.get("device", {})
        if isinstance(own, dict):
            table["device"] = _read(profiles / f"{profile}.toml") | own
    config = _build(Config, table, file, "")
    if config.printer.kind not in ("folder", "tcp"):
        raise ConfigError(f"{file}: printer.kind: must be folder or tcp")
    if config.printer.kind == "tcp" and not config.printer.host:
        raise ConfigError(f"{file}: printer.host: is needed for kind tcp")
    for key, value, least, most in (
        ("device.mm_per_px", config.device.mm_per_px, 0.05, 2),
        ("device.width_px", config.device.width_px, 320, 16384),
        ("device.height_px", config.device.height_px, 320, 16384),
        ("idle.ask_after_s", config.idle.ask_after_s, 1, 3600),
        ("idle.answer_within_s", config.idle.answer_within_s, 1, 3600),
        ("sync.interval_s", config.sync.interval_s, 0.05, 86400),
        ("printer.port", config.printer.port, 1, 65535),
    ):
        if not least <= value <= most:  # false for nan too
            raise ConfigError(f"{file}: {key}: must be between {least} and {most}")
    return config


def _read(file: Path) -> dict[str, Any]:
    import tomllib  # 9 ms, needed only where something is set

    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: is no TOML: {error}") from error


def _build(kind: type[_T], table: dict[str, Any], file: Path, prefix: str) -> _T:
    hints = get_type_hints(kind)
    known = kind.__struct_fields__
    values: dict[str, Any] = {}
    for name, value in table.items():
        key = f"{prefix}{name}"
        if name not in known:
            raise ConfigError(f"{file}: {key}: is no setting; known are {', '.join(sorted(known))}")
        expected = hints[name]
        if issubclass(expected, Value):
            if not isinstance(value, dict):
                raise ConfigError(f"{file}: {key}: must be a table")
            values[name] = _build(expected, value, file, f"{key}.")
        elif expected is float and isinstance(value, int) and not isinstance(value, bool):
            values[name] = float(value)
        elif type(value) is expected:
            values[name] = value
        else:
            raise ConfigError(f"{file}: {key}: must be {expected.__name__}")
    return kind(**values)
