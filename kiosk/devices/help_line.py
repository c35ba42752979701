"""Calls a person to this machine: over the hub, to the page that the staff of the hall keep open.

Knows the hub's addresses, the kiosk's signature, and how long a citizen may be left without an
answer. Does not know what a screen says. Sends kinds of screens and numbers of services, never a
word that anybody typed.

Every request runs on a thread of its own that nobody has to wait for: looking up a name, connecting
and a hub that trickles have no common time limit otherwise. `requests` cannot be interrupted while
it waits for an answer; a connection of `http.client` can, by shutting its socket down.
"""

from __future__ import annotations

import http.client
import logging
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final, Protocol

import msgspec

from db.kiosk_request import Request
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.value import Value, replace
from kiosk.devices.hub_address import HubAddress
from kiosk.devices.light import Light, NoLight
from kiosk.logs import Event, say
from kiosk.store.enrolment import Enrolment

logger = logging.getLogger(__name__)

PLACE_S: Final = 1.6  # in all: within two seconds the screen names the counter and the phone
_ANSWER_S: Final = 30.0  # the hub answers after 25 at the latest
_TELL_S: Final = 3.0
_TELLS: Final = 3
_SOON_S: Final = 0.2  # a hub that has just gone may be one that is being started anew
_BYTES_MAX: Final = 4096


class HelpLine(Protocol):
    """Somebody can be called, and what becomes of it can be followed."""

    def place(self, call: HelpCall) -> HelpCall:
        """Call; the same call, waiting or unreachable. Waits for two seconds at most."""
        ...

    def await_answer(self, call: HelpCall) -> HelpCall:
        """Wait until the call is another one; as it was where it is of no interest any more."""
        ...

    def cancel(self) -> None:
        """Nobody need come any more; does not wait."""
        ...

    def leave(self) -> None:
        """The visit has ended; the call is left to the staff. Does not wait."""
        ...

    def close(self) -> None:
        """End everything that waits, at once; from any thread."""
        ...


class NoHelpLine:
    """A hall whose staff have no page."""

    def place(self, call: HelpCall) -> HelpCall:
        """Nobody can be called."""
        return replace(call, state=CallState.UNREACHABLE)

    def await_answer(self, call: HelpCall) -> HelpCall:
        """Nobody was."""
        return replace(call, state=CallState.UNREACHABLE)

    def cancel(self) -> None:
        """Nothing was placed."""

    def leave(self) -> None:
        """Nothing was placed."""

    def close(self) -> None:
        """Nothing runs."""


class _Told(msgspec.Struct):
    """What the hub says of a call."""

    id: int
    state: str
    desk: str = ""


class _Answer(Value, frozen=True):
    """An answer of the hub, or why there is none."""

    status: int = 0
    body: bytes = b""
    etag: str = ""
    trouble: str = ""


class _Exchange:
    """One request on a thread of its own; whoever waits for it may stop waiting."""

    def __init__(self, ask: Callable[[_Exchange], _Answer]) -> None:
        self.connection: http.client.HTTPConnection | None = None
        self._ask, self._answers = ask, SimpleQueue[_Answer]()
        self._lock = threading.Lock()
        self._late: Callable[[_Answer], None] | None = None
        self.is_stopped = False
        threading.Thread(target=self._run, name="help-line", daemon=True).start()

    def wait(self, seconds: float, late: Callable[[_Answer], None] | None = None) -> _Answer:
        """The answer, if it comes in time; `late` gets one that comes afterwards."""
        with suppress(Empty):
            return self._answers.get(timeout=seconds)
        with self._lock:
            with suppress(Empty):
                return self._answers.get_nowait()
            self._late = late
        return _Answer(trouble="no answer in time")

    def stop(self) -> None:
        """Whoever waits goes on without an answer, at once."""
        self.is_stopped = True
        self._answers.put(_Answer(trouble="stopped"))
        connection = self.connection
        if connection is not None and connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    def _run(self) -> None:
        answer = self._ask(self)
        with self._lock:
            late = self._late
            if late is None:
                self._answers.put(answer)
        if late is not None:
            late(answer)


class HubHelpLine:
    """The line over the hub."""

    def __init__(
        self,
        who: Enrolment,
        number_of: Callable[[str], int | None],
        light: Light | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Build the line; nothing is asked yet.

        Args:
            who: this machine, its key and its hub.
            number_of: the short number of a service.
            light: what shows at the machine that somebody wants help.
            now: seconds since 1970; the hub refuses a clock that is ten minutes off.
        """
        self._number_of = number_of
        self._light = light or NoLight()
        self._hub = HubAddress(who, now)
        self._lock = threading.Lock()
        self._tells = ThreadPoolExecutor(1, "help-line-tells")
        self._stop = threading.Event()
        self._turn = 0  # counts calls, so that an old one is not taken for a new one
        self._id: int | None = None
        self._etag = ""
        self._exchange: _Exchange | None = None
        self._telling: _Exchange | None = None

    def place(self, call: HelpCall) -> HelpCall:
        """See `HelpLine`."""
        with self._lock:
            self._turn += 1
            turn, self._id, self._etag = self._turn, None, ""
        self._light.switch(on=True)
        answer = self._run(turn, Request("POST", "/hall/calls", self._body(call)), PLACE_S)
        told = _read(answer)
        if told is None or answer.status != http.client.CREATED:
            self._fail(answer)
            return replace(call, state=CallState.UNREACHABLE)
        with self._lock:
            if turn == self._turn:
                self._id, self._etag = told.id, answer.etag
                return _become(call, told)
        self._tell("DELETE", f"/hall/calls/{told.id}")  # cancelled while it was on its way
        return call

    def await_answer(self, call: HelpCall) -> HelpCall:
        """See `HelpLine`."""
        with self._lock:
            turn, number = self._turn, self._id
        if number is None:
            return replace(call, state=CallState.UNREACHABLE)
        failures = 0
        while turn == self._turn and not self._stop.is_set():
            answer = self._run(turn, Request("GET", f"/hall/calls/{number}"), _ANSWER_S, self._etag)
            told = _read(answer)
            if told is not None:
                self._etag = answer.etag
                if _become(call, told) != call:
                    return self._ended(_become(call, told))
            elif answer.status != http.client.NOT_MODIFIED:
                failures += 1
                if failures > 1 and turn == self._turn and not self._stop.is_set():
                    self._fail(answer)
                    return replace(call, state=CallState.UNREACHABLE)
                self._stop.wait(_SOON_S)
        return call

    def cancel(self) -> None:
        """See `HelpLine`."""
        self._let_go("DELETE", "")

    def leave(self) -> None:
        """See `HelpLine`."""
        self._let_go("POST", "/left")

    def close(self) -> None:
        """See `HelpLine`."""
        self._stop.set()
        with self._lock:
            self._turn += 1
            running = self._exchange, self._telling
        for exchange in running:
            if exchange is not None:
                exchange.stop()
        self._light.close()
        self._tells.shutdown(wait=True, cancel_futures=True)

    def _let_go(self, method: str, below: str) -> None:
        with self._lock:
            self._turn += 1
            number, self._id, exchange = self._id, None, self._exchange
        if exchange is not None and number is not None:
            exchange.stop()
        self._light.switch(on=False)
        if number is not None:
            self._tell(method, f"/hall/calls/{number}{below}")

    def _ended(self, call: HelpCall) -> HelpCall:
        if not call.state.is_open:
            self._light.switch(on=False)
            with self._lock:
                self._id = None
        return call

    def _body(self, call: HelpCall) -> bytes:
        screen, _, service = call.screen.partition(":")
        number = self._number_of(service) if service else None
        asked = {"screen": screen or "Home", "language": str(call.language), "service": number}
        return msgspec.json.encode(asked)

    def _tell(self, method: str, path: str) -> None:
        """Say something that nobody waits for; a few times, for staff would walk in vain."""
        with suppress(RuntimeError):  # the machine is being switched off
            self._tells.submit(self._insist, Request(method, path))

    def _insist(self, request: Request) -> None:
        for _ in range(_TELLS):
            with self._lock:  # a machine that is switched off ends this one, or begins none
                if self._stop.is_set():
                    return
                self._telling = _Exchange(lambda one: self._ask(one, request, _TELL_S, ""))
            if self._telling.wait(_TELL_S).status or self._stop.wait(_TELL_S):
                return

    def _run(self, turn: int, request: Request, seconds: float, etag: str = "") -> _Answer:
        with self._lock:
            if turn != self._turn or self._stop.is_set():
                return _Answer(trouble="stopped")
            exchange = _Exchange(lambda one: self._ask(one, request, seconds, etag))
            self._exchange = exchange
        return exchange.wait(seconds, self._take_back)

    def _take_back(self, late: _Answer) -> None:
        """A call that was placed after the citizen had been told that nobody can be called."""
        told = _read(late)
        if told is not None and late.status == http.client.CREATED:
            self._tell("DELETE", f"/hall/calls/{told.id}")

    def _ask(self, exchange: _Exchange, request: Request, seconds: float, etag: str) -> _Answer:
        """One request and its answer; on the exchange's own thread."""
        connection = self._hub.connection()
        try:
            self._hub.connect(connection, seconds)
            exchange.connection = connection
            if exchange.is_stopped:
                return _Answer(trouble="stopped")
            headers = {"If-None-Match": etag} if etag else {}
            self._hub.send(connection, request, headers)
            response = connection.getresponse()
            body = response.read(_BYTES_MAX)
            return _Answer(response.status, body, response.getheader("ETag") or "")
        except (OSError, http.client.HTTPException, ValueError) as error:
            return _Answer(trouble=type(error).__name__)
        finally:
            connection.close()

    def _fail(self, answer: _Answer) -> None:
        if not self._stop.is_set():
            reason = answer.trouble or f"{answer.status}"
            say(logger, Event.HELP_UNREACHABLE, logging.WARNING, reason=reason)


def _become(call: HelpCall, told: _Told) -> HelpCall:
    """The call as the hub tells it; a state that this program does not know changes nothing."""
    try:
        return replace(call, state=CallState(told.state), desk=told.desk)
    except ValueError:
        return call


def _read(answer: _Answer) -> _Told | None:
    if answer.status not in (http.client.OK, http.client.CREATED):
        return None
    try:
        return msgspec.json.decode(answer.body, type=_Told)
    except (msgspec.MsgspecError, ValueError):
        return None
