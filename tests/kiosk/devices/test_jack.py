"""The headphone socket, read from a pipe that speaks as the kernel does."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from kiosk.devices import jack
from kiosk.devices.jack import Jack, find_jack, states_in

EVENT = struct.Struct("@llHHi")
NOW_S = 1_795_340_000
SYN, KEY, SW = 0, 1, 5
HEADPHONE, MICROPHONE = 2, 4


def event(kind: int = SW, code: int = HEADPHONE, value: int = 1, microseconds: int = 7) -> bytes:
    return EVENT.pack(NOW_S, microseconds, kind, code, value)


PLUG, PULL, END = event(), event(value=0), event(SYN, 0, 0)


class Socket:
    """A pipe where a device file should be, and what a watcher heard."""

    def __init__(self, path: Path, qtbot: QtBot) -> None:
        self.path, self._qtbot, self._writer = path, qtbot, -1
        self.heard: list[bool] = []
        self.losses: list[str] = []
        self.jack = Jack(path, retry_ms=1)
        self.jack.plugged.connect(self.heard.append)
        self.jack.lost.connect(self.losses.append)

    def appear(self) -> None:
        os.mkfifo(self.path)
        # for reading too, so that it opens although nobody reads yet
        self._writer = os.open(self.path, os.O_RDWR)

    def vanish(self) -> None:
        self.path.unlink()
        self.hang_up()

    def hang_up(self) -> None:
        if self._writer >= 0:
            os.close(self._writer)
        self._writer = -1

    def say(self, content: bytes) -> None:
        os.write(self._writer, content)

    def hears(self, *states: bool) -> None:
        self._qtbot.waitUntil(lambda: self.heard == list(states))

    def loses(self, count: int) -> None:
        self._qtbot.waitUntil(lambda: len(self.losses) == count)


@pytest.fixture
def socket(tmp_path: Path, qtbot: QtBot) -> Iterator[Socket]:
    made = Socket(tmp_path / "event7", qtbot)
    yield made
    made.jack.stop()
    made.hang_up()


@pytest.fixture
def plugs(socket: Socket) -> Socket:
    """One that is there and watched."""
    socket.appear()
    socket.jack.start()
    return socket


def test_an_event_has_the_kernel_s_size() -> None:
    assert EVENT.size == 24
    assert jack._EVENT.size == EVENT.size


def test_a_plug_that_comes_and_goes_is_told(plugs: Socket) -> None:
    plugs.say(PLUG + END)
    plugs.hears(True)
    plugs.say(PULL + END)
    plugs.hears(True, False)


def test_what_is_said_twice_is_told_once(plugs: Socket) -> None:
    plugs.say(PULL + END + PLUG + END + PLUG + END + PULL)
    plugs.hears(True, False)


def test_an_event_in_two_pieces_is_one(plugs: Socket) -> None:
    plugs.say(PLUG[:11])
    plugs.say(PLUG[11:])
    plugs.hears(True)


def test_other_events_and_garbage_are_ignored(plugs: Socket) -> None:
    for other in (
        event(code=MICROPHONE),
        event(kind=KEY, code=HEADPHONE),
        event(value=7),
        event(value=-1),
        b"\xff" * 7,
        bytes(range(1, 40)),
    ):
        plugs.say(other)
    plugs.say(PLUG)
    plugs.hears(True)


def test_a_device_that_goes_takes_its_plug_with_it(plugs: Socket) -> None:
    plugs.say(PLUG)
    plugs.hears(True)
    plugs.hang_up()
    plugs.hears(True, False)
    assert plugs.losses == ["it has ended"]


def test_a_device_that_is_not_there_is_told_once_however_often_it_is_looked_for(
    socket: Socket, qtbot: QtBot
) -> None:
    attempts: list[object] = []
    socket.jack._retry.timeout.connect(lambda: attempts.append(None))
    socket.jack.start()
    qtbot.waitUntil(lambda: len(attempts) > 3)
    assert len(socket.losses) == 1
    assert "event7" in socket.losses[0]


def test_a_device_that_comes_back_is_heard_again(plugs: Socket) -> None:
    plugs.vanish()
    plugs.loses(1)
    plugs.appear()
    plugs.say(PLUG)
    plugs.hears(True)
    plugs.vanish()
    plugs.loses(2)
    assert plugs.heard == [True, False]


def test_a_device_is_looked_for_again_after_five_seconds(tmp_path: Path, qtbot: QtBot) -> None:
    watching = Jack(tmp_path / "nothing")
    with qtbot.waitSignal(watching.lost):
        watching.start()
    assert watching._retry.isActive()
    assert watching._retry.interval() == 5000
    watching.stop()
    assert not watching._retry.isActive()


def test_a_path_that_cannot_be_one_is_a_device_that_is_not_there(qtbot: QtBot) -> None:
    watching = Jack(Path("/dev/input/\0"))
    with qtbot.waitSignal(watching.lost):
        watching.start()
    watching.stop()


def test_what_was_heard_after_stopping_means_nothing(plugs: Socket, qtbot: QtBot) -> None:
    plugs.jack.stop()
    plugs.say(PLUG)
    plugs.jack.stop()
    with qtbot.assertNotEmitted(plugs.jack.plugged, wait=20):
        pass


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_no_file_stays_open(plugs: Socket) -> None:
    before = open_files()
    for _ in range(50):
        plugs.jack.start()
    assert open_files() == before
    plugs.jack.stop()
    assert open_files() == before - 1


def test_a_pipe_does_not_say_whether_a_plug_is_in(plugs: Socket) -> None:
    assert jack.ask(plugs.path) is None


def test_asking_a_device_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        jack.ask(tmp_path / "event0")


def test_the_question_to_the_kernel_is_eviocgsw() -> None:
    """`_IOC(_IOC_READ, 'E', 0x1b, 1)` of linux/input.h."""
    assert jack._EVIOCGSW == 0x8001451B


# bytes ----------------------------------------------------------------------------------------


@given(st.lists(st.booleans(), max_size=20), st.integers(1, 40))
def test_however_events_are_cut_none_is_lost(states: list[bool], piece: int) -> None:
    content = b"".join(event(value=state) + END for state in states)
    heard, rest = [], b""
    for at in range(0, len(content), piece):
        found, rest = states_in(rest + content[at : at + piece])
        heard += found
    assert heard == states
    assert rest == b""


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_and_leave_less_than_an_event(content: bytes) -> None:
    states, rest = states_in(content)
    assert len(rest) < EVENT.size
    assert len(states) <= len(content) // EVENT.size


@given(st.binary(min_size=0, max_size=200).map(lambda some: bytes(one | 0x80 for one in some)))
def test_an_event_after_garbage_is_heard(garbage: bytes) -> None:
    states, _rest = states_in(garbage + PLUG + PULL)
    assert states[-2:] == [True, False]


# finding --------------------------------------------------------------------------------------


def named(root: Path, **names: str) -> Path:
    """/sys/class/input with these devices."""
    for device, name in names.items():
        (root / device / "device").mkdir(parents=True)
        (root / device / "device" / "name").write_text(f"{name}\n", "utf-8")
    return root


def test_the_first_device_that_calls_itself_a_headphone_socket_is_found(tmp_path: Path) -> None:
    devices = named(
        tmp_path,
        event0="Power Button",
        event10="HDA Intel PCH Headphone",
        event9="USB Audio Front Headphone Jack",
        event3="HDA Intel PCH Mic",
        mouse0="Headphone Mouse",
    )
    assert find_jack(devices) == Path("/dev/input/event9")


def test_a_machine_without_a_socket_has_none(tmp_path: Path) -> None:
    (tmp_path / "event1").mkdir()
    assert find_jack(named(tmp_path, event0="Power Button")) is None
    assert find_jack(tmp_path / "nothing") is None
