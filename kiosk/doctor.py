"""Says what state a kiosk is in, a line each, for staff in the morning and for whoever installs it.

Knows where to look and what is missing where something is. Repairs nothing, and cannot hear.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

from PySide6.QtGui import QFont, QFontInfo

from kiosk import app, assets, config
from kiosk.config import Config, Device
from kiosk.core.errors import CatalogError, ConfigError, DiskError
from kiosk.core.printing import Fault
from kiosk.core.value import Value
from kiosk.devices import jack
from kiosk.devices.keypad import find_keypads
from kiosk.parts import SLIPS
from kiosk.printing.models import Model, model_of, recognised
from kiosk.printing.roll import roll_printer
from kiosk.printing.sheets import sheet_printer
from kiosk.printing.status import Asked, Status
from kiosk.store import enrolment, pointer
from kiosk.store.catalog_reader import CatalogReader
from kiosk.store.missed_queries import SHOWN_FROM, read_most_frequent
from kiosk.store.shelf import STATE_DB
from kiosk.store.staff_book import StaffBook, clocks
from kiosk.store.staff_file import STAFF_DB
from kiosk.ui import tokens

_CARDS = Path("/proc/asound/cards")
_NO_CARD = "no soundcards"
_MISSED_SHOWN = 10
_LATELY = timedelta(days=7)
_FAULTS = {
    Fault.NO_PAPER: "no paper",
    Fault.COVER_OPEN: "the cover is open",
    Fault.JAM: "the knife or the paper is jammed",
    Fault.OVERHEATED: "too hot; it goes on by itself",
    Fault.OFFLINE: "it does not work and does not say why: power, cable, its own lamps",
    Fault.NOT_THERE: "nobody is there: address or device, power, cable",
}
_SHEET_FAULTS = {
    **_FAULTS,
    Fault.NO_PAPER: "no A4: fill the tray, and set its paper to A4 at the printer",
    Fault.JAM: "paper is jammed: open the printer where its display says",
    Fault.OFFLINE: "it is stopped, lacks toner, or takes no PDF, PWG or URF: look at its display",
    Fault.NOT_THERE: "nobody answers: sheets.uri (best with a number), power, network; IPP must be"
    " switched on at the printer",
}


class Machine(Value, frozen=True):
    """Where this machine's own parts are looked for."""

    program: Callable[[str], str | None] = shutil.which
    inputs: Path = jack.CLASS
    sound_cards: Path = _CARDS


def report(data_dir: Path, out: TextIO, machine: Machine | None = None) -> int:
    """Write the report; 0 where citizens can be served with all that the settings promise."""
    parts = _Parts(data_dir, machine or Machine())
    healthy = True
    for name, look in (
        ("identity", parts.identity),
        ("catalog", parts.catalog),
        ("panel", parts.panel),
        ("ruler", parts.ruler),
        ("fonts", parts.fonts),
        ("voice", parts.voice),
        ("headphones", parts.headphones),
        ("keypad", parts.keypad),
        ("dictation", parts.dictation),
        ("printer", parts.printer),
        ("sheets", parts.sheets),
        ("missed", parts.missed),
        ("staff", parts.staff),
    ):
        try:
            out.write(f"{name}: {look()}\n")
        except (ConfigError, CatalogError, DiskError) as error:
            healthy = False
            out.write(f"{name}: NOT WELL: {error}\n")
    return 0 if healthy else 1


def ask_printer(data_dir: Path, out: TextIO) -> int:
    """Ask the printers themselves, while no kiosk runs; 0 where slips and sheets would come out.

    A kiosk that runs has the printer for itself on USB and serial lines, and asks on its own.
    """
    file = data_dir / config.SETTINGS
    try:
        settings = config.load(file, assets.PROFILES)
        model = model_of(settings.printer, file)
    except ConfigError as error:
        out.write(f"printer: NOT WELL: {error}\n")
        return 1
    is_well = _ask_roll(settings.printer, model, data_dir / SLIPS, out)
    if settings.sheets.kind != "none":
        is_well &= _ask_sheets(settings.sheets, data_dir / SLIPS, out)
    return 0 if is_well else 1


def _ask_roll(settings: config.Printer, model: Model, slips: Path, out: TextIO) -> bool:
    """The printer of slips; whether the next one would come out."""
    asked = roll_printer(settings, slips).ask()
    out.write(f"printer: {_line_of(settings)}, {settings.model}, {_roll_of(model)}\n")
    if settings.kind != "folder":
        out.write(f"answers: {_answers(settings, asked)}\n")
    fault = asked.status.fault
    if fault is not None:
        out.write(f"state: NOT WELL: {_FAULTS[fault]}\n")
        return False
    low = ", the roll ends soon" if asked.status.low_paper else ""
    out.write(f"state: {'not known' if asked.is_mute else 'ready'}{low}\n")
    return True


def _ask_sheets(settings: config.Sheets, slips: Path, out: TextIO) -> bool:
    """The printer for A4; whether the next sheet would come out."""
    out.write(f"sheets: {_sheets_of(settings)}\n")
    printer = sheet_printer(settings, slips)
    status = printer.ask().status if printer is not None else Status()
    if status.fault is not None:
        out.write(f"state of sheets: NOT WELL: {_SHEET_FAULTS[status.fault]}\n")
        return False
    out.write(f"state of sheets: ready{', a tray ends soon' if status.low_paper else ''}\n")
    return True


def _sheets_of(settings: config.Sheets) -> str:
    return {"ipp": settings.uri, "folder": "PDF folder"}.get(settings.kind, "nobody is offered any")


def _line_of(settings: config.Printer) -> str:
    match settings.kind:
        case "tcp":
            return f"{settings.host}:{settings.port}"
        case "usb":
            return settings.device
        case "serial":
            return f"{settings.device} at {settings.baud} baud"
        case _:
            return "PDF folder"


def _roll_of(model: Model) -> str:
    """What everybody should know of a roll before it is bought."""
    large = "" if model.prints_large else ", large print is not offered: it needs 80 mm"
    knife = "" if model.cut_command else ", torn off by hand"
    return f"{model.paper_mm} mm, {model.dots} dots{knife}{large}"


def _answers(settings: config.Printer, asked: Asked) -> str:
    if asked.status.fault is Fault.NOT_THERE:
        return "nobody"
    if asked.is_mute:
        return "nothing: the citizen is asked whether a slip came out"
    known = recognised(asked.model)
    hint = f"; set printer.model to {known}" if known not in ("", settings.model) else ""
    return f"{asked.model or 'yes, without a name'}{hint}"


def _now() -> datetime:
    return datetime.now().astimezone()


class _Parts:
    """Everything that has a line; whatever is not well is raised."""

    def __init__(self, data_dir: Path, machine: Machine) -> None:
        self._data_dir, self._machine = data_dir, machine
        self._file = data_dir / config.SETTINGS

    def identity(self) -> str:
        who = enrolment.read(self._data_dir)
        return f"{who.hall}, kiosk {who.place.kiosk}, hub {who.repository}"

    def catalog(self) -> str:
        who = enrolment.read(self._data_dir)
        active = pointer.read_active(self._data_dir / STATE_DB, who.collection)
        if active is None:
            raise ConfigError("none; run `kiosk sync`")
        reader = CatalogReader(active.file)
        try:
            edition = reader.edition
            return f"version {edition.version} of {edition.published}, {edition.services} services"
        finally:
            reader.close()

    def panel(self) -> str:
        settings = self._settings()
        device = config.require_device(settings, self._file, assets.PROFILES)
        wide, high = device.width_px * device.mm_per_px, device.height_px * device.mm_per_px
        return (
            f"{settings.profile or config.SETTINGS}, {device.width_px} × {device.height_px} px, "
            f"{device.mm_per_px:.4f} mm/px, {wide:.0f} × {high:.0f} mm, lower edge "
            f"{device.bottom_mm:.0f} mm above the floor, eyes at {device.distance_mm:.0f} mm"
        )

    def ruler(self) -> str:
        found = config.measurement(self._data_dir)
        if found is None:
            return "never measured; run `kiosk ruler`"
        device = config.nominal(self._file, assets.PROFILES).device
        if not found.fits(device):
            return f"measured on {found.measured}, for another profile; run `kiosk ruler` again"
        return f"measured on {found.measured}, {found.off:+.1%} from the profile"

    def fonts(self) -> str:
        app.application()
        families = tuple(tokens.PACKAGES)
        missing = [one for one in families if QFontInfo(QFont(one)).family() != one]
        if missing:
            raise ConfigError(f"{', '.join(missing)} missing; run scripts/install")
        return ", ".join(families)

    def voice(self) -> str:
        voice = self._settings().voice
        if voice.kind != "espeak":
            return f"nobody hears it: voice.kind is {voice.kind}"
        for name, package in (("espeak-ng", "espeak-ng"), ("aplay", "alsa-utils")):
            if self._machine.program(name) is None:
                raise ConfigError(f"{name} is missing: apt-get install {package}")
        if not self._has_sound_card():
            raise ConfigError("this machine has no sound card that the kernel knows")
        return f"espeak-ng to {voice.speaker}; listen to it once"

    def headphones(self) -> str:
        settings = self._settings()
        where = settings.voice.headphones or settings.voice.speaker
        return f"{self._socket(settings.device)}; sound to {where}"

    def keypad(self) -> str:
        found = ", ".join(find_keypads(self._machine.inputs))
        if not self._settings().device.keypad:
            return f"none promised; keyboards: {found or 'none'}"
        if not found:
            raise ConfigError("device.keypad is true, and no keyboard is plugged in")
        return f"{found}; try every key on the practice page"

    def printer(self) -> str:
        """As it is set; `kiosk doctor --printer` asks the printer itself."""
        printer = self._settings().printer
        model = model_of(printer, self._file)
        if printer.kind in ("usb", "serial") and not Path(printer.device).exists():
            raise ConfigError(f"printer.device: there is no {printer.device}")
        return f"{_line_of(printer)}, {printer.model}, {_roll_of(model)}"

    def sheets(self) -> str:
        """As it is set, like `printer`."""
        return _sheets_of(self._settings().sheets)

    def dictation(self) -> str:
        dictation = self._settings().dictation
        if dictation.kind == "none":
            return "nobody understands speech: dictation.kind is none"
        program = dictation.command[0]
        if self._machine.program(program) is None:
            raise ConfigError(f"dictation.command: {program} is missing")
        return f"{program}; say something to it once"

    def missed(self) -> str:
        """What editors should know: words that were asked and not answered well."""
        if not self._settings().search.count_missed:
            return "not counted: search.count_missed is false"
        found = read_most_frequent(self._data_dir / STATE_DB, _MISSED_SHOWN)
        if not found:
            return f"no words were asked {SHOWN_FROM} times without a good answer"
        return "no good answer for " + ", ".join(f"{one.words} ({one.visits})" for one in found)

    def staff(self) -> str:
        """Who can sign in, how often somebody did, and whether a lock keeps them out."""
        if not (self._data_dir / STAFF_DB).exists():
            return "nobody can sign in; run `kiosk staff add NAME`"
        book = StaffBook(self._data_dir, clocks(time.monotonic, _now), _now)
        try:
            names = ", ".join(duty.name for duty in book.duties())
            count = book.sign_ins_since(_now() - _LATELY)
            until = book.locked_until()
        finally:
            book.close()
        lock = f"locked until {until:%H:%M}" if until else "not locked"
        return f"{names or 'nobody'}; {count} sign-ins in {_LATELY.days} days; {lock}"

    def _settings(self) -> Config:
        return config.load(self._file, assets.PROFILES)

    def _has_sound_card(self) -> bool:
        try:
            return _NO_CARD not in self._machine.sound_cards.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return False

    def _socket(self, device: Device) -> str:
        """Who knows of a plug, and whether one is in."""
        if device.jack == "none":
            return "nobody knows of a plug: device.jack is none"
        if device.jack == "keypad":
            return "the keypad tells of a plug by F13 and F14"
        path = Path(device.jack)
        if device.jack == "auto":
            found = jack.find_jack(self._machine.inputs)
            if found is None:
                raise ConfigError("device.jack is auto, and no device is a headphone socket")
            path = found
        try:
            is_in = jack.ask(path)
        except (OSError, ValueError) as error:
            raise ConfigError(f"device.jack: {path} does not answer: {error}") from error
        if is_in is None:
            raise ConfigError(f"device.jack: {path} does not say whether a plug is in")
        return f"{path} answers, {'a' if is_in else 'no'} plug is in"
