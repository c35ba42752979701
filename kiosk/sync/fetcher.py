"""Gets published files: from a hub over HTTP, or from a folder with the same tree (a stick).

Knows URLs, limits and deadlines, and decides nothing: what arrives is judged by python-tuf and
`kiosk.sync.verify`, so neither source needs trust. Errors are those of python-tuf's contract;
`kiosk.sync.translation` turns them into ours.
"""

from __future__ import annotations

import hashlib
import time
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote

import requests
import urllib3
from tuf.api.exceptions import (
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    SlowRetrievalError,
)
from tuf.ngclient import FetcherInterface

_TIMESTAMP = "metadata/timestamp.json"
_TIMESTAMP_MAX_BYTES = 16384  # as python-tuf's own limit
_CHUNK_BYTES = 1 << 16
_ETAG_MAX = 200
_RETRY_AFTER_MAX_S = 86400.0


@dataclass(frozen=True)
class Patience:
    """How long an answer may take."""

    connect_s: float = 5.0
    read_s: float = 20.0  # between two pieces
    file_s: float = 30.0  # a whole file, and on top of it:
    slowest_bytes_s: float = 16384.0


@dataclass(frozen=True)
class Answer:
    """What the question "anything new?" brought."""

    changed: bool
    etag: str | None


class Source(FetcherInterface):
    """Where published files come from.

    `base_url` stands before every path; `bytes_received` and `requests_made` only ever grow.
    """

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.bytes_received = 0
        self.requests_made = 0
        self.retry_after_s: float | None = None
        self._polled: bytes | None = None

    def poll(self, etag: str | None) -> Answer:
        """Ask whether anything is new since the answer with this etag.

        What is new is kept and given to python-tuf when it asks for the same file, so that etag
        and content cannot be of two different moments.

        Raises:
            DownloadError: no answer, not in time, or not what the protocol says.
        """
        self._polled = None
        found = self._ask(f"{self.base_url}{_TIMESTAMP}", etag)
        if found is None:
            return Answer(changed=False, etag=etag)
        self._polled, new_etag = found
        return Answer(changed=True, etag=new_etag)

    def _fetch(self, url: str) -> Iterator[bytes]:
        if url == f"{self.base_url}{_TIMESTAMP}" and self._polled is not None:
            polled, self._polled = self._polled, None
            return iter([polled])
        return self._stream(url)

    @abstractmethod
    def _ask(self, url: str, etag: str | None) -> tuple[bytes, str | None] | None:
        """The small file at a URL and its etag; None where it is the one with this etag."""

    @abstractmethod
    def _stream(self, url: str) -> Iterator[bytes]:
        """The content at a URL in pieces."""


class HubSource(Source):
    """A hub, or any web server with its files."""

    def __init__(
        self,
        url: str,
        session: requests.Session,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(url if url.endswith("/") else f"{url}/")
        self._session = session
        self._patience = patience or Patience()
        self._clock = clock
        self._deadline = 0.0
        self._response: requests.Response | None = None

    @contextmanager
    def download_file(self, url: str, max_length: int) -> Iterator[IO[bytes]]:
        """As python-tuf's own, with a deadline for the whole file, and the line let go after it."""
        self._set_deadline(max_length)
        try:
            with super().download_file(url, max_length) as file:
                yield file
        finally:
            self._hang_up()

    def _ask(self, url: str, etag: str | None) -> tuple[bytes, str | None] | None:
        self._set_deadline(_TIMESTAMP_MAX_BYTES)
        with closing(self._get(url, etag)) as response:
            if response.status_code == requests.codes.not_modified:
                if etag is None:
                    raise DownloadHTTPError("304 to a question without etag", 304)
                return None
            content = b""
            for piece in self._pieces(response):
                content += piece
                if len(content) > _TIMESTAMP_MAX_BYTES:
                    raise DownloadLengthMismatchError(f"{url} has no end")
            new_etag = response.headers.get("ETag", "")
            return content, new_etag if 0 < len(new_etag) <= _ETAG_MAX else None

    def _stream(self, url: str) -> Iterator[bytes]:
        self._response = self._get(url, None)
        yield from self._pieces(self._response)

    def _hang_up(self) -> None:
        """Close what python-tuf stopped reading; a whole answer has given its line back before."""
        if self._response is not None:
            self._response.close()
            self._response = None

    def _get(self, url: str, etag: str | None) -> requests.Response:
        headers = {"Accept-Encoding": "identity", "Cache-Control": "no-cache"}
        if etag is not None:
            headers["If-None-Match"] = etag
        self.requests_made += 1
        self.retry_after_s = None
        try:
            response = self._send(requests.Request("GET", url, headers=headers))
        except requests.Timeout as error:
            raise SlowRetrievalError(f"{url} did not answer in time") from error
        except requests.RequestException as error:
            raise DownloadError(f"{url} did not answer: {error}") from error
        wanted = (200,) if etag is None else (200, 304)
        if response.status_code not in wanted:
            self.retry_after_s = _retry_after_s(response.headers.get("Retry-After", ""))
            response.close()
            message = f"{url} answered {response.status_code}"
            raise DownloadHTTPError(message, response.status_code)
        return response

    def _send(self, request: requests.Request) -> requests.Response:
        """One question, one answer, no redirect.

        `Session.send` reads the whole body of a redirect even when it is told not to follow it: one
        without end would fill the memory. The adapter below it does not.
        """
        prepared = self._session.prepare_request(request)
        url = prepared.url or ""
        settings = self._session.merge_environment_settings(url, {}, True, None, None)
        patience = (self._patience.connect_s, self._patience.read_s)
        verify = settings["verify"]
        return self._session.get_adapter(url).send(
            prepared,
            stream=True,
            timeout=patience,
            verify=True if verify is None else verify,
            cert=settings["cert"],
            proxies=settings["proxies"],
        )

    def _pieces(self, response: requests.Response) -> Iterator[bytes]:
        """The body as it arrives: `read1` gives what is there, so the deadline is looked at."""
        while True:
            try:
                piece = response.raw.read1(_CHUNK_BYTES)
            except (urllib3.exceptions.ReadTimeoutError, TimeoutError) as error:
                raise SlowRetrievalError(f"{response.url} stopped") from error
            except (urllib3.exceptions.HTTPError, OSError) as error:
                raise DownloadError(f"{response.url} broke off: {error}") from error
            if not piece:
                return
            if self._clock() > self._deadline:
                raise SlowRetrievalError(f"{response.url} is too slow")
            self.bytes_received += len(piece)
            yield piece

    def _set_deadline(self, max_length: int) -> None:
        patience = self._patience
        self._deadline = self._clock() + patience.file_s + max_length / patience.slowest_bytes_s


class FolderSource(Source):
    """A folder with `metadata/` and `targets/`: an installation kit or a stick."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder.resolve().as_uri()}/")
        self._folder = folder.resolve()

    def _ask(self, url: str, etag: str | None) -> tuple[bytes, str | None] | None:
        content = next(self._stream(url), b"")
        found = hashlib.sha256(content).hexdigest()
        return None if found == etag else (content[:_TIMESTAMP_MAX_BYTES], found)

    def _stream(self, url: str) -> Iterator[bytes]:
        path = (self._folder / unquote(url.removeprefix(self.base_url))).resolve()
        if not path.is_relative_to(self._folder):
            raise DownloadHTTPError(f"{url} is outside the folder", 403)
        self.requests_made += 1
        try:
            with path.open("rb") as file:
                while piece := file.read(_CHUNK_BYTES):
                    self.bytes_received += len(piece)
                    yield piece
        except FileNotFoundError as error:
            raise DownloadHTTPError(f"{path} is not there", 404) from error
        except OSError as error:
            raise DownloadError(f"{path} cannot be read: {error}") from error


def _retry_after_s(header: str) -> float | None:
    """RFC 9110, 10.2.3, in seconds; the form with a date is not used by hubs."""
    return min(float(header), _RETRY_AFTER_MAX_S) if header.isdecimal() else None
