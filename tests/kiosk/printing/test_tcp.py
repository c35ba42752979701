"""The same printer behind a real socket: what the system's own buffers do to the truth."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from kiosk.core.errors import PrinterError
from kiosk.core.printing import FailedBefore, FailedDuring, Fault, Printed, Unconfirmed
from kiosk.printing.escpos import EscposPrinter, Patience
from kiosk.printing.page import Bar, Page
from kiosk.printing.ports import TcpPort
from kiosk.printing.raster import bitmap_of
from kiosk.printing.status import Asked, Status
from tests.kiosk.printing.escpos_printer import Machine, TcpPrinter, Troubles
from tests.kiosk.printing.on_a_line import QUICK, hurried

# 200 mm of solid black: far more than sockets and printer hold together
PAGE = Page(576, 1600, (Bar(0, 0, 576, 1600),))
FAST = 4000.0  # mm/s, so that a test does not wait for paper
PATIENCE = hurried(Patience())


def printer_at(port: int) -> EscposPrinter:
    return EscposPrinter(lambda: TcpPort("127.0.0.1", port), time.monotonic, QUICK, PATIENCE)


def served(buffer_bytes: int = 65536, **troubles: object) -> TcpPrinter:
    machine = Machine(Troubles(**troubles), buffer_bytes=buffer_bytes, speed_mm_s=FAST)
    return TcpPrinter(machine)


def test_a_slip_comes_out_over_the_network() -> None:
    with served().running() as printer:
        assert printer_at(printer.port).print(PAGE, 1) == Printed()
        (slip,) = printer.machine.slips
    assert tuple(slip) == bitmap_of(PAGE).rows
    assert not printer.machine.garbage


def test_two_slips_are_two_connections_and_two_pieces_of_paper() -> None:
    with served().running() as printer:
        mine = printer_at(printer.port)
        assert mine.print(PAGE, 1) == mine.print(PAGE, 2) == Printed()
        assert len(printer.machine.slips) == printer.connections == 2


@pytest.mark.parametrize("buffer_bytes", [4096, 65536])
def test_no_paper_in_the_middle_is_seen_through_all_buffers(buffer_bytes: int) -> None:
    with served(buffer_bytes, paper_out_at=600).running() as printer:
        outcome = printer_at(printer.port).print(PAGE, 1)
        assert isinstance(outcome, FailedDuring)
        assert outcome.fault is Fault.NO_PAPER
        assert printer.machine.slips == []


def test_what_the_network_still_holds_is_dropped_with_the_slip() -> None:
    with served(4096, paper_out_at=600).running() as printer:
        mine = printer_at(printer.port)
        mine.print(PAGE, 1)
        with printer.lock:
            printer.machine.repair()
            before = printer.machine.rows_moved
        assert mine.print(replace(PAGE, height=16), 2) == Printed()
        tail = printer.machine.rows_moved - before
    assert tail < 4096 // 72 + 400  # what it held, a cut, and the short slip with its own cut


def test_a_mute_clone_is_unconfirmed_over_the_network() -> None:
    with served(never_answers=True).running() as printer:
        assert printer_at(printer.port).print(PAGE, 1) == Unconfirmed()


def test_power_lost_in_the_middle_breaks_the_connection() -> None:
    with served(4096, power_off_at=300).running() as printer:
        outcome = printer_at(printer.port).print(PAGE, 1)
    assert isinstance(outcome, FailedDuring)
    assert outcome.fault is Fault.OFFLINE


def test_what_a_mute_clone_has_no_room_for_is_no_slip_that_may_have_come_out() -> None:
    """The system would hold it back, and send it when somebody has put in paper."""
    short = replace(PAGE, height=80)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        mine = printer_at(server.getsockname()[1])
        assert isinstance(mine.print(short, 1), FailedDuring)
        connection, _ = server.accept()
        with connection, pytest.raises(ConnectionResetError):
            _read_all(connection)
        assert mine.ask() == Asked(Status(), is_mute=True)  # room for a question there is


def test_nobody_at_the_address_is_a_printer_that_is_not_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert printer_at(port).print(PAGE, 1) == FailedBefore(Fault.NOT_THERE)


def test_the_first_byte_is_sent_as_soon_as_somebody_answers() -> None:
    """Drawing comes after it: 200 mm of slip take some twenty milliseconds."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        printer = printer_at(server.getsockname()[1])
        with ThreadPoolExecutor(1) as other:
            printing = other.submit(printer.print, PAGE, 1)
            connection, _ = server.accept()
            with connection:
                assert connection.recv(14) == b"\x1b@\x10\x04\1\x10\x04\2\x10\x04\3\x10\x04\4"
                connection.sendall(b"\x1a\x32\x12\x72")  # no paper
            assert printing.result() == FailedBefore(Fault.NO_PAPER)


def test_a_network_says_nothing_of_its_own() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = TcpPort("127.0.0.1", server.getsockname()[1])
        assert port.cable_status() == Status()
        port.close()


def test_a_port_reads_nothing_where_nothing_came_and_tells_the_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = TcpPort("127.0.0.1", server.getsockname()[1])
        connection, _ = server.accept()
        assert port.read(0.01) == b""
        connection.close()
        with pytest.raises(PrinterError, match="ended"):
            port.read(1)
        port.close()


def test_a_port_takes_no_more_than_there_is_room_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = TcpPort("127.0.0.1", server.getsockname()[1])
        connection, _ = server.accept()
        with connection:
            while port.write(b"x" * 65536, 0.05):
                pass
            assert port.write(b"x", 0.01) == 0
            port.close(drop_rest=True)
            with pytest.raises(ConnectionResetError):
                _read_all(connection)


def _read_all(connection: socket.socket) -> None:
    while connection.recv(65536):
        pass
