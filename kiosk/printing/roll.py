"""Opens the printer of slips that the settings name.

Knows the lines that a receipt printer can hang on, and how patient one must be on each. Does not
know how a slip is sent (`kiosk.printing.escpos`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.config import Printer as Settings
from kiosk.printing.escpos import EscposPrinter, Patience
from kiosk.printing.folder import FolderPrinter
from kiosk.printing.models import Model, model_of
from kiosk.printing.names import Names
from kiosk.printing.ports import Port, SerialPort, TcpPort, UsbPort
from kiosk.printing.printer import Printer

_BITS_A_BYTE = 10  # on a serial line: 8N1
_STRIP_S = 0.5  # of a serial line, so that a lost printer is noticed before it is back
_SIGN_S = 1.0  # no printer starts sooner than this after its power was gone
_AHEAD_BYTES = 1024  # what a serial port may hold back
_LONG_SLIP_BYTES = 150_000


def roll_printer(settings: Settings, slips: Path, half_slip: bool = False) -> Printer:
    """The printer of slips.

    Args:
        settings: which one, and where.
        slips: the folder of the kind `folder`.
        half_slip: part of a slip may hang in the printer from before this start.

    Raises:
        ConfigError: there is no such model.
    """
    model = model_of(settings)
    if settings.kind == "folder":
        with suppress(OSError):  # the printer says so for each slip
            slips.mkdir(parents=True, exist_ok=True)
        return FolderPrinter(slips, model.dots)
    if settings.kind == "serial":
        return _on_serial(settings, model, half_slip)
    return EscposPrinter(_opener(settings), time.monotonic, model, half_slip=half_slip)


def serial_patience(baud: int) -> Patience:
    """How long to wait on a serial line, where nothing but time shows that a printer is gone."""
    rate = baud / _BITS_A_BYTE
    sign_s = _SIGN_S + _AHEAD_BYTES / rate
    long_s = _LONG_SLIP_BYTES / rate
    return Patience(beat_s=sign_s, stalled_s=sign_s, slip_s=Patience().slip_s + long_s)


def serial_strip_rows(baud: int, model: Model) -> int:
    """Rows that a serial line carries in time, in whole millimetres."""
    rows = int(_STRIP_S * baud / _BITS_A_BYTE) // (model.dots // 8)
    return min(model.strip_rows, max(8, rows // 8 * 8))


def _on_serial(settings: Settings, model: Model, half_slip: bool) -> EscposPrinter:
    return EscposPrinter(
        _opener(settings),
        time.monotonic,
        model,
        serial_patience(settings.baud),
        half_slip,
        serial_strip_rows(settings.baud, model),
    )


def _opener(settings: Settings) -> Callable[[], Port]:
    match settings.kind:
        case "usb":
            return lambda: UsbPort(settings.device)
        case "serial":
            return lambda: SerialPort(settings.device, settings.baud)
        case _:
            names = Names()  # what was looked up is known for the next slip
            return lambda: TcpPort(settings.host, settings.port, names)
