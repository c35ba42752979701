"""Asks one IPP printer things over HTTP, each question bounded in time.

Knows sockets and which attributes a request needs. Does not know when to ask what
(`kiosk.printing.ipp.printer`). Every job carries two names that are ours: this machine's, which is
the same for ever, and the sheet's number. Nothing of a citizen is in either.
"""

from __future__ import annotations

import http.client
import socket
import time
from dataclasses import dataclass
from enum import IntEnum
from itertools import count
from urllib.parse import urlsplit

from kiosk.core.errors import PrinterError
from kiosk.printing.ipp.status import A4, Format, Job, job_of
from kiosk.printing.ipp.wire import Answer, Attributes, Given, Group, Tag, read, written
from kiosk.printing.names import Names

_PORT = 631
_ASK_S = 1.0
_SEND_S = 15.0  # a slow network, or a printer that wakes up
_PIECE = 16384
_MOST = 1 << 20  # bytes of an answer; real ones have up to 60 kB
_PRINTER_WANTED = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "document-format-supported",
    "media-ready",
    "printer-resolution-supported",
    "pwg-raster-document-resolution-supported",
    "pwg-raster-document-type-supported",
    "urf-supported",
    "device-uri",
)
_JOB_WANTED = ("job-id", "job-name", "job-state")


class _Do(IntEnum):
    SEND_DOCUMENT = 0x06
    CREATE_JOB = 0x05
    CANCEL_JOB = 0x08
    GET_JOB_ATTRIBUTES = 0x09
    GET_JOBS = 0x0A
    GET_PRINTER_ATTRIBUTES = 0x0B


class RefusedError(PrinterError):
    """The printer understood, and would not."""


@dataclass(frozen=True, slots=True)
class _Place:
    host: str
    port: int
    path: str

    @classmethod
    def of(cls, uri: str) -> _Place:
        try:
            parts = urlsplit(uri)
            return cls(parts.hostname or "", parts.port or _PORT, parts.path or "/")
        except ValueError as error:  # a queue may name anything as the printer behind it
            raise PrinterError(f"{uri} is no address") from error


class IppClient:
    """One printer, or one queue of a print server.

    Raises (every method): `PrinterError` where nobody answers in time, `RefusedError` where the
    printer says no.
    """

    def __init__(
        self, uri: str, user: str, ask_s: float = _ASK_S, names: Names | None = None
    ) -> None:
        """Connect to nobody yet; every question has a connection of its own.

        Args:
            uri: `ipp://host:port/path`.
            user: the name of this machine.
            ask_s: how long an answer may take.
            names: looks up names, and knows those of before.

        Raises:
            PrinterError: it is no address.
        """
        self._uri, self._place, self._user, self._ask_s = uri, _Place.of(uri), user, ask_s
        self._names = names or Names()
        self._numbers = count(1)

    def printer(self) -> Attributes:
        """How the printer is, and what it can take."""
        wanted = Given("requested-attributes", Tag.KEYWORD, _PRINTER_WANTED)
        (found, *_) = self._ask(_Do.GET_PRINTER_ATTRIBUTES, (wanted,)).about(Group.PRINTER) or ({},)
        return found

    def create(self, name: str) -> int:
        """A job without a document: it prints nothing yet, and has a number to cancel it by."""
        job = (
            Given("media", Tag.KEYWORD, (A4,)),
            Given("sides", Tag.KEYWORD, ("one-sided",)),
            Given("copies", Tag.INTEGER, (1,)),
        )
        named = Given("job-name", Tag.NAME, (name,))
        for about in self._ask(_Do.CREATE_JOB, (named,), job).about(Group.JOB):
            for number in about.get("job-id", ()):
                if isinstance(number, int):
                    return number
        raise PrinterError("the printer gave the job no number")

    def send(self, job: int, document: bytes, format_: Format) -> None:
        """The document of a job, which may be printed from now on."""
        about = (
            _job(job),
            Given("document-format", Tag.MIME_TYPE, (format_,)),
            Given("last-document", Tag.BOOLEAN, (True,)),
        )
        self._ask(_Do.SEND_DOCUMENT, about, document=document)

    def job(self, number: int) -> Job | None:
        """The job with this number, which after a crash may be another's; None says nothing."""
        wanted = Given("requested-attributes", Tag.KEYWORD, _JOB_WANTED)
        found = self._ask(_Do.GET_JOB_ATTRIBUTES, (_job(number), wanted)).about(Group.JOB)
        return job_of(found[0]) if found else None

    def ours(self) -> tuple[Job, ...]:
        """Jobs of this machine that are not over."""
        about = (
            Given("which-jobs", Tag.KEYWORD, ("not-completed",)),
            Given("my-jobs", Tag.BOOLEAN, (True,)),
            Given("requested-attributes", Tag.KEYWORD, (*_JOB_WANTED, "job-originating-user-name")),
        )
        found = self._ask(_Do.GET_JOBS, about).about(Group.JOB)
        mine = [one for one in found if self._user in one.get("job-originating-user-name", ())]
        return tuple(filter(None, map(job_of, mine)))

    def cancel(self, number: int) -> None:
        """Ask for the end of a job; whether it obeys is another question."""
        self._ask(_Do.CANCEL_JOB, (_job(number),))

    def _ask(
        self,
        operation: _Do,
        about: tuple[Given, ...],
        job: tuple[Given, ...] = (),
        document: bytes = b"",
    ) -> Answer:
        head = (
            Given("attributes-charset", Tag.CHARSET, ("utf-8",)),
            Given("attributes-natural-language", Tag.LANGUAGE, ("en",)),
            Given("printer-uri", Tag.URI, (self._uri,)),
        )
        user = Given("requesting-user-name", Tag.NAME, (self._user,))
        # who is asked stands right behind the printer (RFC 8011, 4.1.5): first of all the job's
        first = tuple(one for one in about if one.name == "job-id")
        rest = tuple(one for one in about if one.name != "job-id")
        request = written(operation, next(self._numbers), (*head, *first, user, *rest), job)
        until = time.monotonic() + (_SEND_S if document else self._ask_s)
        answer = read(_post(self._names, self._place, request + document, until))
        if not answer.is_ok:
            raise RefusedError(f"the printer answers {answer.status:#06x}")
        return answer


def _job(number: int) -> Given:
    return Given("job-id", Tag.INTEGER, (number,))


def _post(names: Names, place: _Place, body: bytes, until: float) -> bytes:
    """Post and read, until then."""
    try:
        connection = http.client.HTTPConnection(place.host, place.port)  # its name is in the header
    except http.client.InvalidURL as error:
        raise PrinterError(f"no printer has the name {place.host!r}") from error
    try:
        connection.sock = names.connect(place.host, place.port, _left(until))
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sock.settimeout(_left(until))  # `sendall` keeps to it as a whole
        connection.request("POST", place.path, body, {"Content-Type": "application/ipp"})
        response = connection.getresponse()
        if response.status != http.client.OK:
            raise RefusedError(f"the printer answers HTTP {response.status}")
        return _read(connection, response, until)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise PrinterError(f"no answer from {place.host}:{place.port}") from error
    finally:
        connection.close()


def _read(
    connection: http.client.HTTPConnection, response: http.client.HTTPResponse, until: float
) -> bytes:
    pieces = bytearray()
    while len(pieces) < _MOST:
        if connection.sock is not None:  # a printer that drips must not hold us up
            connection.sock.settimeout(_left(until))
        else:
            _left(until)
        piece = response.read1(_PIECE)
        if not piece:
            return bytes(pieces)
        pieces += piece
    raise PrinterError("the printer's answer has no end")


def _left(until: float) -> float:
    left_s = until - time.monotonic()
    if left_s <= 0:
        raise TimeoutError("the printer is too slow")
    return left_s
