"""A true web server on loopback that serves a folder as nginx does, or misbehaves on request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeAlias

Answer: TypeAlias = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Hub:
    """The running server."""

    url: str
    folder: Path
    asked: list[str] = field(default_factory=list)  # paths, in order
    answers: dict[str, Answer] = field(default_factory=dict)  # by the end of the path

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.lstrip("/")
        self.asked.append(path)
        for end, answer in self.answers.items():
            if path.endswith(end):
                return answer(handler)
        return serve_file(handler, self.folder / path)


@contextmanager
def serving(folder: Path) -> Iterator[Hub]:
    """Serve a folder until the block ends; no thread and no socket is left."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_GET(self) -> None:
            try:
                hub.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    hub = Hub(f"http://127.0.0.1:{server.server_port}/", folder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def serve_file(handler: BaseHTTPRequestHandler, path: Path) -> None:
    """As nginx: the etag is the time in whole seconds and the length."""
    if not path.is_file():
        return send(handler, 404, b"no")
    found = path.stat()
    etag = f'"{int(found.st_mtime):x}-{found.st_size:x}"'
    if handler.headers.get("If-None-Match") == etag:
        return send(handler, 304, b"", ETag=etag)
    return send(handler, 200, path.read_bytes(), ETag=etag)


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    """A whole answer."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    if status != 304:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def says(status: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer that is always the same."""
    return lambda handler: send(handler, status, body, **headers)


def never_ends(handler: BaseHTTPRequestHandler) -> None:
    """Bytes for as long as somebody reads them."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True
    while True:
        handler.wfile.write(b"[" * 4096)


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    """Promises a thousand bytes and gives three."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"abc")
    handler.close_connection = True
