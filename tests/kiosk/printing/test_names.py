"""Printers that are given by name, with name servers that are dead, slow, or mistaken."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.core.errors import PrinterError
from kiosk.core.printing import FailedBefore, Fault, Printed
from kiosk.printing.escpos import EscposPrinter
from kiosk.printing.ipp.client import IppClient
from kiosk.printing.ipp.printer import IppPrinter
from kiosk.printing.names import Addresses, Names, system_addresses
from kiosk.printing.page import Bar, Page
from kiosk.printing.ports import TcpPort
from kiosk.printing.status import Asked, Status
from tests.kiosk.printing.escpos_printer import Machine, TcpPrinter
from tests.kiosk.printing.on_a_line import QUICK

HERE = ("127.0.0.1",)
NAME = "printer.hall"
PAGE = Page(576, 80, (Bar(0, 0, 576, 80),))
SHEET = (Page(1654, 2339, ()),)
GONE = socket.gaierror(socket.EAI_NONAME, "not known")
DEAD = socket.gaierror(socket.EAI_AGAIN, "try again")


class Resolver:
    """The system's, with the answers in order; the last one for ever, and only when it may."""

    def __init__(self, *answers: Addresses | Exception) -> None:
        self.answers = list(answers)
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.asked = 0

    def __call__(self, host: str) -> Addresses:
        assert host == NAME
        self.asked += 1
        self.may_answer.wait(20)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    @contextmanager
    def dead(self) -> Iterator[None]:
        """Nothing is answered; afterwards everything that was asked meanwhile."""
        self.may_answer.clear()
        try:
            yield
        finally:
            self.may_answer.set()
            for thread in threading.enumerate():
                if thread.name == "printer-name":
                    thread.join()


def on_port(port: int, names: Names) -> EscposPrinter:
    return EscposPrinter(lambda: TcpPort(NAME, port, names), time.monotonic, QUICK)


def test_a_dead_name_server_is_a_printer_of_slips_that_is_not_there_within_its_time() -> None:
    resolver = Resolver(HERE)
    printer = on_port(9100, Names(resolver))
    with resolver.dead():
        begin = time.monotonic()
        assert printer.print(PAGE, 1) == FailedBefore(Fault.NOT_THERE)
        assert printer.ask() == Asked(Status(Fault.NOT_THERE))
        assert time.monotonic() - begin < 8


def test_a_dead_name_server_is_a_printer_of_sheets_that_is_not_there_within_its_time() -> None:
    resolver = Resolver(HERE)
    client = IppClient(f"ipp://{NAME}/ipp/print", "kiosk-7", names=Names(resolver))
    printer = IppPrinter(client, lambda _uri: client)
    with resolver.dead():
        begin = time.monotonic()
        assert printer.print(SHEET, "1", lambda: True) == FailedBefore(Fault.NOT_THERE)
        assert printer.ask() == Asked(Status(Fault.NOT_THERE))
        assert time.monotonic() - begin < 8


def test_a_slip_comes_out_at_the_address_of_before_while_nobody_says_another() -> None:
    resolver = Resolver(HERE)
    with TcpPrinter(Machine(speed_mm_s=4000)).running() as machine:
        printer = on_port(machine.port, Names(resolver))
        assert printer.print(PAGE, 1) == Printed()
        with resolver.dead():
            assert printer.print(PAGE, 2) == Printed()


def test_however_often_a_dead_server_is_asked_one_thread_waits_for_it() -> None:
    resolver = Resolver(HERE)
    names, before = Names(resolver), threading.active_count()
    with resolver.dead():
        for _ in range(3):
            with pytest.raises(TimeoutError):
                names.addresses(NAME, 0.01)
        assert (resolver.asked, threading.active_count() - before) == (1, 1)
    assert resolver.asked == 1


def test_what_comes_too_late_serves_the_next_slip() -> None:
    resolver = Resolver(HERE)
    names = Names(resolver)
    with resolver.dead(), pytest.raises(TimeoutError):
        names.addresses(NAME, 0.01)
    with resolver.dead():
        assert names.addresses(NAME, 0.01) == HERE


def test_a_server_that_is_in_trouble_leaves_the_addresses_of_before() -> None:
    names = Names(Resolver(HERE, DEAD))
    assert names.addresses(NAME, 5) == names.addresses(NAME, 5) == HERE


def test_a_name_that_is_gone_is_not_printed_to_any_more() -> None:
    names = Names(Resolver(HERE, GONE, DEAD))
    names.addresses(NAME, 5)
    for _ in range(2):
        with pytest.raises(OSError, match=NAME):
            names.addresses(NAME, 5)


def test_a_printer_that_has_moved_is_found_where_it_is_now() -> None:
    names = Names(Resolver(HERE, ("127.0.0.2",)))
    names.addresses(NAME, 5)
    assert names.addresses(NAME, 5) == ("127.0.0.2",)


def test_a_document_that_may_take_long_waits_no_longer_for_a_name() -> None:
    resolver = Resolver(HERE)
    names = Names(resolver)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        names.connect(NAME, port, 15).close()
        with resolver.dead():
            begin = time.monotonic()
            names.connect(NAME, port, 15).close()
            assert time.monotonic() - begin < 5


def test_a_machine_without_a_thread_to_spare_looks_up_again_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = Names(Resolver(HERE))

    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as without:
        without.setattr(threading.Thread, "start", refuse)
        with pytest.raises(RuntimeError):
            names.addresses(NAME, 0.01)
    assert names.addresses(NAME, 5) == HERE


@pytest.mark.parametrize("uri", ["ipp://a:99999/x", "ipp://[a/x", "ipp://a b/x"])
def test_what_a_queue_names_that_is_no_address_is_no_answer(uri: str) -> None:
    with pytest.raises(PrinterError):
        IppClient(uri, "kiosk-7").printer()


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_an_address_is_looked_up_nowhere(address: str) -> None:
    assert Names(Resolver(GONE)).addresses(address, 5) == (address,)


def test_the_second_address_is_tried_where_nobody_is_at_the_first() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        names = Names(Resolver(("127.0.0.2", *HERE)))
        with names.connect(NAME, port, 5) as connection:
            assert connection.getpeername() == (*HERE, port)


def test_nobody_at_any_address_is_said_in_the_words_of_the_last() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(ConnectionRefusedError):
        Names(Resolver(("127.0.0.2", *HERE))).connect(NAME, port, 5)


def test_what_can_be_no_name_is_a_printer_that_is_not_there() -> None:
    """Too long for a label, or with nothing between two dots."""
    impossible = UnicodeEncodeError("idna", NAME, 0, 1, "label empty or too long")
    with pytest.raises(PrinterError):
        TcpPort(NAME, names=Names(Resolver(impossible)))


def test_the_system_knows_this_machine() -> None:
    assert set(system_addresses("localhost")) <= {"127.0.0.1", "::1"}
