"""The ports below /dev, over real files of the kernel.

A pseudo terminal is what there is without hardware. For a serial line it is the same but for the
wires, so pace and flow are kept by the other end. For USB it shows opening, reading, writing and
the device's end; the status byte of the cable comes from a function that is handed in, and that the
kernel drops a transfer when the file is closed is not shown here: it is read from its `usblp`.
"""

from __future__ import annotations

import errno
import time
from pathlib import Path

import pytest

from kiosk.core.errors import PrinterError
from kiosk.core.printing import FailedBefore, FailedDuring, Fault, Printed, Unconfirmed
from kiosk.printing.escpos import EscposPrinter, Patience
from kiosk.printing.page import Bar, Page
from kiosk.printing.ports import Port, SerialPort, UsbPort
from kiosk.printing.raster import bitmap_of
from kiosk.printing.roll import serial_patience, serial_strip_rows
from kiosk.printing.status import Asked, Status
from tests.kiosk.printing.escpos_printer import DevicePrinter, Machine, Troubles
from tests.kiosk.printing.on_a_line import BAUD, QUICK, SOLID, hurried, whole

FAST = 4000.0  # mm/s, so that a test does not wait for paper
KINDS = pytest.mark.parametrize("kind", ["usb", "serial"])
TICKET = Page(576, 80, (Bar(0, 0, 576, 80),))


def served(buffer_bytes: int = 65536, rate: float = 1e9, **troubles: object) -> DevicePrinter:
    machine = Machine(Troubles(**troubles), buffer_bytes=buffer_bytes, speed_mm_s=FAST)
    return DevicePrinter(machine, rate)


def opened(kind: str, device: str) -> Port:
    return UsbPort(device, lambda _file: 0x18) if kind == "usb" else SerialPort(device, BAUD)


def printer_at(kind: str, device: str) -> EscposPrinter:
    return EscposPrinter(lambda: opened(kind, device), time.monotonic, QUICK, hurried(Patience()))


@KINDS
def test_a_slip_comes_out(kind: str) -> None:
    with served().running() as printer:
        mine = printer_at(kind, printer.device)
        assert mine.print(SOLID, 1) == mine.print(SOLID, 2) == Printed()
        assert mine.ask() == Asked(Status(), model="TM-T82III")
    assert [whole(slip, SOLID) for slip in printer.machine.slips] == [True, True]
    assert not printer.machine.garbage


def test_a_serial_line_is_as_fast_as_it_is() -> None:
    """A centimetre of black is 6 kB: half a second at 115200 baud, and the truth at its end."""
    with served(rate=BAUD / 10).running() as printer:
        mine = printer_at("serial", printer.device)
        mine.patience = serial_patience(BAUD)
        mine.strip_rows = serial_strip_rows(BAUD, QUICK)
        begun = time.monotonic()
        assert mine.print(TICKET, 1) == Printed()
        assert time.monotonic() - begun > 80 * 72 / (BAUD / 10) * 0.8
    assert tuple(printer.machine.slips[0]) == bitmap_of(TICKET).rows


@KINDS
def test_no_paper_in_the_middle_is_seen_through_all_buffers(kind: str) -> None:
    with served(4096, paper_out_at=300).running() as printer:
        outcome = printer_at(kind, printer.device).print(SOLID, 1)
        assert isinstance(outcome, FailedDuring)
        assert outcome.fault is Fault.NO_PAPER
        assert printer.machine.slips == []


@KINDS
def test_a_device_that_vanishes_in_the_middle_is_not_printed(kind: str) -> None:
    with served(4096, power_off_at=300).running() as printer:
        outcome = printer_at(kind, printer.device).print(SOLID, 1)
    assert isinstance(outcome, FailedDuring)
    assert outcome.fault is Fault.OFFLINE


@KINDS
def test_a_mute_printer_is_unconfirmed(kind: str) -> None:
    with served(never_answers=True).running() as printer:
        assert printer_at(kind, printer.device).print(TICKET, 1) == Unconfirmed()


@KINDS
@pytest.mark.parametrize("device", ["/dev/usb/there-is-none", "/dev/null/below"])
def test_no_device_is_a_printer_that_is_not_there(kind: str, device: str) -> None:
    assert printer_at(kind, device).print(TICKET, 1) == FailedBefore(Fault.NOT_THERE)


def test_a_file_that_is_no_serial_line_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PrinterError, match="no serial line"):
        SerialPort(str(tmp_path / "file"), BAUD)


@KINDS
def test_a_port_takes_no_more_than_there_is_room_for(kind: str) -> None:
    printer = served()
    port = opened(kind, printer.device)  # nobody reads at the other end
    begun = time.monotonic()
    while port.write(b"x" * 65536, 0.05):
        assert time.monotonic() - begun < 5
    assert port.write(b"x", 0.01) == 0
    port.close(drop_rest=True)
    with printer.running():
        assert printer.machine.holds < 65536


@KINDS
def test_a_port_reads_nothing_where_nothing_came_and_waits_no_longer(kind: str) -> None:
    with served().running() as printer:
        port = opened(kind, printer.device)
        begun = time.monotonic()
        assert port.read(0.05) == b""
        assert 0.04 < time.monotonic() - begun < 1
        port.write(b"\x10\x04\x01", 0.1)
        assert port.read(5) == b"\x12"
        port.close()


# the status byte of a USB cable ------------------------------------------------------------------


def cable(answer: int | OSError) -> Status:
    """What a port makes of the kernel's answer."""

    def ask(_file: int) -> int:
        if isinstance(answer, OSError):
            raise answer
        return answer

    with served().running() as printer:
        port = UsbPort(printer.device, ask)
        try:
            return port.cable_status()
        finally:
            port.close()


def test_the_cable_tells_of_paper() -> None:
    assert cable(0x38) == Status(Fault.NO_PAPER)
    assert cable(0x18) == Status()


def test_a_cable_that_does_not_know_the_question_tells_nothing() -> None:
    assert cable(OSError(errno.EIO, "no answer")) == Status()


def test_a_cable_that_is_gone_is_gone() -> None:
    with pytest.raises(PrinterError, match="gone"):
        cable(OSError(errno.ENODEV, "no such device"))


def test_what_is_no_usb_printer_does_not_know_the_real_question() -> None:
    with served().running() as printer:
        port = UsbPort(printer.device)
        assert port.cable_status() == Status()
        port.close()
