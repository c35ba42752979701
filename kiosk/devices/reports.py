"""Tells the hub how this machine is, so that somebody comes before a citizen has to say it.

Knows the hub's address for it and when it is told: at every change and every few minutes, always
the state of now and never one of before. Does not know who makes the state. Nothing of a citizen is
in it: no service, no code, no word.

A thread of its own waits for the hub and for nobody else: a hub that hangs delays neither a code
nor a slip, and what it missed it is told with the next state.
"""

from __future__ import annotations

import http.client
import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import msgspec

from db.kiosk_request import Request
from kiosk.core.printing import PrinterState
from kiosk.core.value import Value
from kiosk.devices.hub_address import HubAddress
from kiosk.logs import Event, say
from kiosk.store.enrolment import Enrolment

logger = logging.getLogger(__name__)

EVERY_S: Final = 180.0  # the hub takes ten minutes without a word for silence
_ANSWER_S: Final = 5.0
PATH: Final = "/hall/state"


class MachineState(Value, frozen=True):
    """What the hub is told of a machine."""

    printer: PrinterState
    slip: int  # number of the newest one
    catalog: int  # version of the edition that is shown; 0 where there is none
    program: str  # version of this program


class Reports:
    """The newest state, on its way to the hub."""

    def __init__(
        self,
        who: Enrolment,
        now: Callable[[], float] = time.time,
        every_s: float = EVERY_S,
    ) -> None:
        """Begin; nothing is told before there is a state.

        Args:
            who: this machine, its key and its hub.
            now: seconds since 1970.
            every_s: how often a state that does not change is told again.
        """
        self._who, self._now, self._every_s = who, now, every_s
        self._state: MachineState | None = None
        self._turn = threading.Condition()
        self._is_new, self._is_closing = False, False
        self._connection: http.client.HTTPConnection | None = None
        self._was_heard = True
        self._thread = threading.Thread(target=self._run, name="reports", daemon=True)
        self._thread.start()

    def tell(self, state: MachineState) -> None:
        """This is the state now; does not wait, and what was not told yet is forgotten."""
        with self._turn:
            if state != self._state:
                self._state, self._is_new = state, True
                self._turn.notify()

    def close(self) -> None:
        """Tell nothing any more, at once; a name that is still looked up ends by itself."""
        with self._turn:
            self._is_closing = True
            self._turn.notify()
            connection = self._connection
        if connection is not None and connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    def _run(self) -> None:
        hub = HubAddress(self._who, self._now)
        while (state := self._next()) is not None:
            self._note(self._send(hub, state))

    def _next(self) -> MachineState | None:
        """The state to tell, when it is another one or was told long ago; None at the end."""
        with self._turn:
            self._turn.wait_for(lambda: self._is_new or self._is_closing, self._every_s)
            while self._state is None and not self._is_closing:
                self._turn.wait()
            self._is_new = False
            return None if self._is_closing else self._state

    def _send(self, hub: HubAddress, state: MachineState) -> str:
        """Tell one state; why the hub did not take it, empty where it did."""
        connection = hub.connection()
        try:
            hub.connect(connection, _ANSWER_S)
            with self._turn:
                self._connection = connection
                if self._is_closing:
                    return ""
            hub.send(connection, Request("PUT", PATH, _body(state)), {})
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException, ValueError) as error:
            return type(error).__name__
        finally:
            with self._turn:
                self._connection = None
            connection.close()
        return "" if status == http.client.NO_CONTENT else f"{status}"

    def _note(self, trouble: str) -> None:
        """Once when it begins and once when it is over: a hub may be away for days."""
        is_heard = not trouble
        if is_heard == self._was_heard or self._is_closing:
            return
        self._was_heard = is_heard
        if is_heard:
            say(logger, Event.REPORT_TAKEN)
        else:
            say(logger, Event.REPORT_FAILED, logging.WARNING, reason=trouble)


def _body(state: MachineState) -> bytes:
    printer = state.printer
    told = {
        "fault": printer.fault,
        "withdrawn": printer.withdrawn,
        "low_paper": printer.low_paper,
        "slip": state.slip,
        "catalog": state.catalog,
        "program": state.program,
    }
    return msgspec.json.encode(told)
