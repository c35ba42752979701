"""A hub on a real port of this machine, in a thread of this process, and kiosks that ask it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpx
import uvicorn
from argon2 import PasswordHasher
from sqlalchemy import insert

from db import kiosk_request, token
from db.fleet import hall_pin
from db.kiosk_request import Request
from db.token import Algorithm, Place
from hub.config import HallSettings, Settings
from kiosk.store.enrolment import Enrolment, PlaceNumbers
from tests.hub.phone.building import HERE, Hub

PIN = "135790"
DESKS = ("1号导服台", "户籍窗口")
OWN = {"X-Hall": "1"}


def make_hub(folder: Path) -> Hub:
    """Hall 1 has a PIN and two desks."""
    hub = Hub(folder, settings=Settings(halls=(HallSettings(1, DESKS),)))
    with hub.engine.begin() as connection:
        row = {"hall": 1, "hash": _hashed(), "changed": hub.clock()}
        connection.execute(insert(hall_pin).values(row))
    return hub


@cache
def _hashed() -> str:
    """What `HallPins.set` keeps; once for all hubs, since it is made to take its time."""
    return PasswordHasher().hash(PIN)


class _Server(uvicorn.Server):
    """Runs beside a test: signals are the test's own business."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending()
        await super().shutdown(sockets)


@contextmanager
def serving(hub: Hub, port: int = 0) -> Iterator[str]:
    """The address at which the hub answers while this lasts."""
    bound = socket.create_server(("127.0.0.1", port))
    server = _Server(
        uvicorn.Config(
            hub.app,
            log_config=None,
            lifespan="off",
            ws="none",
            access_log=False,
            timeout_graceful_shutdown=1,
        ),
        hub.app.state.stop_waiting,
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        bound.close()


@dataclass
class Machine:
    """An enrolled kiosk that signs what it asks."""

    hub: Hub
    place: Place = HERE
    epoch: int = 0
    count: int = 0

    @property
    def key(self) -> bytes:
        return token.derive_key(self.hub.master, self.place, self.epoch, Algorithm.SHA256)

    def header(self, request: Request, ahead_s: int = 0) -> str:
        self.count += 1
        seconds = int(self.hub.clock().timestamp()) + ahead_s
        nonce = self.count.to_bytes(kiosk_request.NONCE_BYTES)
        return kiosk_request.sign(request, self.key, self.place, self.epoch, seconds, nonce)

    def signed(self, method: str, path: str, body: bytes = b"") -> dict[str, str]:
        return {"Authorization": self.header(Request(method, path, body))}

    def enrolment(self, url: str) -> Enrolment:
        numbers = PlaceNumbers(self.place.region, self.place.hall, self.place.kiosk)
        return Enrolment(
            repository=f"{url}/",
            handoff_prefix=f"{url}/k/",
            collection="990100",
            hall="city-hall",
            place=numbers,
            epoch=self.epoch,
            key=self.key.hex(),
        )


def sign_in(browser: httpx.Client, pin: str = PIN, desk: str = DESKS[0]) -> httpx.Response:
    return browser.post("/hall/1/sign-in", data={"pin": pin, "desk": desk})
