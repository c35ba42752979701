"""Runs the web application in this process until it is told to stop.

Knows sockets and signals. Does not know what is served (`hub.app`).
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Sequence
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

_FINISH_S = 5  # a request under way has this long after SIGTERM


class ServerError(Exception):
    """The hub cannot listen; the text says why and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that is bound; port 0 takes any that is free.

    Raises:
        ServerError: the port is taken, or the address is not this machine's.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        bound = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise ServerError(f"--host {host}: {error.strerror or error}") from error
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
    except OSError as error:
        bound.close()
        raise ServerError(
            f"cannot listen on {host} port {port}: {error.strerror or error}; "
            "stop what is running there, or choose another --port"
        ) from error
    return bound


def url_of(bound: socket.socket) -> str:
    """Where a bound socket is reached."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(
    app: ASGIApp,
    bound: socket.socket,
    proxies: Sequence[str],
    ready: Callable[[], None],
    ending: Callable[[], None] = lambda: None,
) -> None:
    """Answer requests until SIGTERM or SIGINT, then finish those under way.

    Args:
        app: what is served.
        bound: where.
        proxies: addresses whose word about the client's address is believed.
        ready: called once, when requests are answered.
        ending: called once, before those under way are finished: what waits should end now.
    """
    config = uvicorn.Config(
        app,
        access_log=False,  # addresses of people and of hand-offs are written down nowhere
        log_config=None,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=list(proxies),
        timeout_graceful_shutdown=_FINISH_S,
        lifespan="off",
        ws="none",
    )
    # uvicorn raises the signal again when it has finished; for us that is a good end
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _finish)
    _Server(config, ready, ending).run(sockets=[bound])


class _Server(uvicorn.Server):
    def __init__(
        self, config: uvicorn.Config, ready: Callable[[], None], ending: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._ready, self._ending = ready, ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending()
        await super().shutdown(sockets)


def _finish(number: int, frame: FrameType | None) -> None:
    """The server has already stopped."""
