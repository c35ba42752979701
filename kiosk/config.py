"""The kiosk's settings: one TOML file, every limit with its unit, unknown keys refused.

Knows what can be set and its defaults, and what `kiosk ruler` has measured. Does not know who uses
a value: the composition root reads the files once and hands values on.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_type_hints
from urllib.parse import urlsplit

from kiosk.core.errors import ConfigError
from kiosk.core.value import Value, field, replace

SETTINGS = "kiosk.toml"
PANEL = "panel.toml"

_SIZES = ("width_px", "height_px", "mm_per_px", "bottom_mm")
LEAST_MM_PER_PX, MOST_MM_PER_PX = 0.05, 2
BAUDS = (38400, 57600, 115200, 230400, 460800, 921600)
_SLIP_BITS = 890_000  # of a usual slip on a serial line
_T = TypeVar("_T", bound=Value)


class Device(Value, frozen=True):
    """The machine that people stand in front of: its panel, and what is beside it.

    A size of 0 is one that nobody has said; `require_device` asks for all of them.
    """

    width_px: int = 0
    height_px: int = 0
    mm_per_px: float = 0.0  # measured by `kiosk ruler`, because EDID lies
    bottom_mm: float = 0.0  # of the picture's lower edge above the floor
    distance_mm: float = 500.0  # of the eyes
    keypad: bool = False
    jack: str = "none"  # who knows of headphones: none, keypad, auto, or a path below /dev/input


class Voice(Value, frozen=True):
    """How the machine speaks, and through what: ALSA's names, as `aplay -L` lists them."""

    kind: str = "espeak"
    speaker: str = "default"
    headphones: str = ""  # empty is the speaker's: a plug cuts that off by itself
    speaker_offset_db: float = 0.0  # so that a meter shows what the steps of the volume promise
    headphones_offset_db: float = 0.0


class Dictation(Value, frozen=True):
    """Who understands speech: nobody, or a program of the hall's own."""

    kind: str = "none"
    command: tuple[str, ...] = ()  # the program and its arguments; no shell reads it
    listen_s: float = 12.0


class Search(Value, frozen=True):
    """What the search may count."""

    count_missed: bool = True


class Idle(Value, frozen=True):
    """When a visit ends by itself."""

    ask_after_s: float = 180.0
    answer_within_s: float = 45.0


class Sync(Value, frozen=True):
    """How often the hub is asked."""

    interval_s: float = 60.0


class Printer(Value, frozen=True):
    """Where slips go: `folder` writes PDF files, the others are lines to an ESC/POS printer."""

    kind: str = "folder"  # or tcp, usb, serial
    model: str = "generic-80"  # a file of resources/printers
    host: str = ""  # of tcp
    port: int = 9100
    device: str = ""  # of usb and serial
    baud: int = 115200  # of serial
    roll_m: float = 80.0  # of a new roll, so that staff see what is left
    low_at_m: float = 5.0  # staff are warned from here on; 0 leaves it to the printer's sensor


class Sheets(Value, frozen=True):
    """Where A4 goes: letters of authority, and slips in the largest print."""

    kind: str = "none"  # or `folder` for PDF files, `ipp` for a printer
    uri: str = ""  # the printer's own: ipp://192.0.2.18/ipp/print


class Help(Value, frozen=True):
    """Whether a touch calls a person: only where the hall's staff keep their page open."""

    kind: str = "none"  # or `hub`: over the hub that the machine is enrolled at
    light: tuple[str, ...] = ()  # a program and its arguments, run with `on` or `off` behind them


class Config(Value, frozen=True):
    """Everything that can be set on one kiosk."""

    profile: str = ""  # a file of resources/profiles; `device` overrides it
    full_screen: bool = False
    device: Device = field(default_factory=Device)
    voice: Voice = field(default_factory=Voice)
    dictation: Dictation = field(default_factory=Dictation)
    search: Search = field(default_factory=Search)
    idle: Idle = field(default_factory=Idle)
    sync: Sync = field(default_factory=Sync)
    printer: Printer = field(default_factory=Printer)
    sheets: Sheets = field(default_factory=Sheets)
    help: Help = field(default_factory=Help)


class Measurement(Value, frozen=True):
    """What `kiosk ruler` found on this machine's own panel."""

    mm_per_px: float = 0.0
    instead_of: float = 0.0  # what the settings said on that day
    measured: date = date.min

    def fits(self, device: Device) -> bool:
        """It is of this panel: the settings still say what they said on that day."""
        return self.instead_of == device.mm_per_px

    @property
    def off(self) -> float:
        """By which part pixels are larger than the settings say."""
        return self.mm_per_px / self.instead_of - 1


def load(file: Path, profiles: Path) -> Config:
    """The settings in a file, with what was measured; the defaults where there is none.

    Raises:
        ConfigError: not TOML, an unknown key, or a value of the wrong kind or range.
    """
    config = nominal(file, profiles)
    found = measurement(file.parent)
    if found is None or not found.fits(config.device):
        return config
    return replace(config, device=replace(config.device, mm_per_px=found.mm_per_px))


def nominal(file: Path, profiles: Path) -> Config:
    """The settings in a file, as if nothing had been measured.

    Raises:
        ConfigError: not TOML, an unknown key, or a value of the wrong kind or range.
    """
    table = _read(file) if file.exists() else {}
    profile = table.get("profile")
    if isinstance(profile, str) and profile:
        own = table.get("device", {})
        if isinstance(own, dict):
            table["device"] = _profile(profile, file, profiles) | own
    config = _build(Config, table, file, "")
    said = table.get("device", {})
    _check_words(config, file)
    _check_ranges(config, file, {f"device.{name}" for name in _SIZES if name not in said})
    return config


def measurement(folder: Path) -> Measurement | None:
    """What was measured on this machine; None where nothing was.

    Raises:
        ConfigError: the file is damaged.
    """
    file = folder / PANEL
    if not file.exists():
        return None
    found = _build(Measurement, _read(file), file, "")
    for key, value in (("mm_per_px", found.mm_per_px), ("instead_of", found.instead_of)):
        if not LEAST_MM_PER_PX <= value <= MOST_MM_PER_PX:
            raise ConfigError(f"{file}: {key}: is no size of a pixel; run `kiosk ruler` again")
    return found


def require_device(config: Config, file: Path, profiles: Path) -> Device:
    """The device with all its sizes; no citizen is let in without: all is drawn in millimetres.

    Raises:
        ConfigError: a size is unknown; the text says how to make it known.
    """
    device = config.device
    unknown = [f"device.{name}" for name in _SIZES if not getattr(device, name)]
    if unknown:
        raise ConfigError(
            f"{file}: profile: is needed, for {', '.join(unknown)}. Choose the panel, one of "
            f'{", ".join(_names(profiles))}, by a line like profile = "27in-portrait"; '
            f"then measure it: kiosk ruler --data {file.parent}"
        )
    return device


def _check_words(config: Config, file: Path) -> None:
    device, printer = config.device, config.printer
    for key, word, known in (
        ("printer.kind", printer.kind, ("folder", "tcp", "usb", "serial")),
        ("sheets.kind", config.sheets.kind, ("none", "folder", "ipp")),
        ("voice.kind", config.voice.kind, ("espeak", "folder", "none")),
        ("dictation.kind", config.dictation.kind, ("none", "command")),
        ("help.kind", config.help.kind, ("none", "hub")),
    ):
        if word not in known:
            either = f"{', '.join(known[:-1])} or {known[-1]}"
            raise ConfigError(f"{file}: {key}: must be {either}")
    _check_printer(printer, file)
    if config.sheets.kind == "ipp" and not _is_ipp(config.sheets.uri):
        raise ConfigError(f"{file}: sheets.uri: is needed for kind ipp, as ipp://host/path")
    if not config.voice.speaker:
        raise ConfigError(f"{file}: voice.speaker: is needed; aplay -L lists the names")
    if config.dictation.kind == "command" and not any(config.dictation.command[:1]):
        raise ConfigError(f"{file}: dictation.command: is needed for kind command")
    if device.jack not in ("none", "keypad", "auto") and not device.jack.startswith("/"):
        raise ConfigError(
            f"{file}: device.jack: must be none, keypad, auto or a path like "
            "/dev/input/by-path/…-event"
        )
    if device.jack == "keypad" and not device.keypad:
        raise ConfigError(f"{file}: device.jack: is keypad, but device.keypad is not true")


def _is_ipp(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        return parts.scheme == "ipp" and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or a bracket that is none
        return False


def _check_printer(printer: Printer, file: Path) -> None:
    """What belongs to the line that the printer hangs on."""
    kind = printer.kind
    if kind == "tcp" and not printer.host:
        raise ConfigError(f"{file}: printer.host: is needed for kind tcp")
    if kind in ("usb", "serial") and not printer.device.startswith("/"):
        example = "/dev/usb/lp0" if kind == "usb" else "/dev/ttyS0"
        raise ConfigError(f"{file}: printer.device: kind {kind} needs a path like {example}")
    if printer.baud not in BAUDS:
        known = ", ".join(map(str, BAUDS))
        slow = f"; a slip would take {_SLIP_BITS // printer.baud} s" if printer.baud > 0 else ""
        raise ConfigError(f"{file}: printer.baud: must be one of {known}{slow}")


def _check_ranges(config: Config, file: Path, unsaid: set[str]) -> None:
    device, voice, idle = config.device, config.voice, config.idle
    for key, value, least, most in (
        ("device.width_px", device.width_px, 320, 16384),
        ("device.height_px", device.height_px, 320, 16384),
        ("device.mm_per_px", device.mm_per_px, LEAST_MM_PER_PX, MOST_MM_PER_PX),
        ("device.bottom_mm", device.bottom_mm, 100, 1500),
        ("device.distance_mm", device.distance_mm, 200, 2000),
        ("voice.speaker_offset_db", voice.speaker_offset_db, -40, 20),
        ("voice.headphones_offset_db", voice.headphones_offset_db, -40, 20),
        ("dictation.listen_s", config.dictation.listen_s, 2, 60),
        ("idle.ask_after_s", idle.ask_after_s, 1, 3600),
        ("idle.answer_within_s", idle.answer_within_s, 1, 3600),
        ("sync.interval_s", config.sync.interval_s, 0.05, 86400),
        ("printer.port", config.printer.port, 1, 65535),
        ("printer.roll_m", config.printer.roll_m, 1, 1000),
        ("printer.low_at_m", config.printer.low_at_m, 0, 100),
    ):
        if key not in unsaid and not least <= value <= most:  # false for nan too
            raise ConfigError(f"{file}: {key}: must be between {least} and {most}")


def _profile(name: str, file: Path, profiles: Path) -> dict[str, Any]:
    known = _names(profiles)
    if name not in known:
        raise ConfigError(f"{file}: profile: there is no {name}; known are {', '.join(known)}")
    return _read(profiles / f"{name}.toml")


def _names(profiles: Path) -> list[str]:
    return sorted(one.stem for one in profiles.glob("*.toml"))


def _read(file: Path) -> dict[str, Any]:
    import tomllib  # 9 ms, needed only where something is set

    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    except ValueError as error:  # no TOML, no UTF-8, or a number of thousands of digits
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
        if expected == tuple[str, ...]:
            values[name] = _strings(value, f"{file}: {key}")
        elif issubclass(expected, Value):
            if not isinstance(value, dict):
                raise ConfigError(f"{file}: {key}: must be a table")
            values[name] = _build(expected, value, file, f"{key}.")
        elif expected is float and isinstance(value, int) and not isinstance(value, bool):
            values[name] = _float(value, f"{file}: {key}")
        elif type(value) is expected:
            values[name] = value
        else:
            raise ConfigError(f"{file}: {key}: must be {expected.__name__}")
    return kind(**values)


def _strings(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ConfigError(f"{where}: must be a list of strings")
    return tuple(value)


def _float(value: int, where: str) -> float:
    try:
        return float(value)
    except OverflowError as error:
        raise ConfigError(f"{where}: must be float") from error
