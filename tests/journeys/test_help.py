"""Calling a person: where nobody can be called, where somebody comes, and by ear.

The hub is a real one, on the loopback; who answers there presses what the hall's page presses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec
import pytest
from PySide6.QtCore import Qt

from kiosk.citizen import Citizen, Machine, Way, wait_until
from kiosk.core.help_call import CallState
from kiosk.core.session import Session
from kiosk.store.enrolment import FILE
from tests.hub.hall import serving
from tests.hub.hall.serving import OWN, make_hub
from tests.hub.phone.building import Hub
from tests.journeys.demo import running
from tests.journeys.listener import Listener, RecordedVoice
from tests.journeys.ways import session, words, words_of_all_pages

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass
class Desk:
    """Somebody at the hall's desk, who has the page of calls open."""

    browser: httpx.Client

    def press(self, action: str, desk: str = "") -> None:
        """A button beside the first call."""
        body = {"desk": desk} if desk else {}
        answer = self.browser.post(f"/hall/1/calls/1/{action}", json=body, headers=OWN)
        assert answer.is_success, answer.text


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A hub whose clock is right: a kiosk that is ten minutes off is not believed."""
    folder = tmp_path / "hub"
    folder.mkdir()
    made = make_hub(folder)
    made.clock.moment = datetime.now(UTC)
    yield made
    made.close()


@contextmanager
def staffed(hub: Hub, data_dir: Path) -> Iterator[Desk]:
    """The kiosk is enrolled at the hub, and somebody has signed in there."""
    with serving.serving(hub) as url, httpx.Client(base_url=url) as browser:
        who = serving.Machine(hub).enrolment(url)
        (data_dir / FILE).write_bytes(msgspec.json.encode(who))
        (data_dir / "kiosk.toml").write_text('[help]\nkind = "hub"\n', "utf-8")
        assert serving.sign_in(browser).has_redirect_location
        with browser.stream("GET", "/hall/1/events") as page:  # a call that nobody sees is refused
            assert page.is_success
            yield Desk(browser)


def state_of(visit: Session) -> CallState | None:
    return visit.call.state if visit.call is not None else None


def await_state(citizen: Citizen, state: CallState) -> None:
    citizen.until(lambda: state_of(session(citizen)) is state, state.name)


def test_where_nobody_can_be_called_the_desk_and_the_phone_are_named(citizen: Citizen) -> None:
    citizen.choose("bar:help")
    told = words_of_all_pages(citizen)
    for what in ("请到1楼进门右手", "打电话：12345"):
        assert what in told
    assert not citizen.can_touch("help:call")


def test_somebody_is_called_answers_and_comes(
    hub: Hub, data_dir: Path, way: Callable[[Machine], Way], voice: RecordedVoice
) -> None:
    with staffed(hub, data_dir) as desk, running(data_dir, voice) as machine:
        citizen = Citizen(machine.kiosk, machine.clock, way)
        citizen.begin()
        citizen.choose("bar:help")
        citizen.choose("help:call")
        await_state(citizen, CallState.WAITING)
        assert "已经告诉工作人员了" in words(citizen)
        citizen.choose("help:on")
        assert citizen.screen_name == "home", "one may go on meanwhile"
        desk.press("answer")
        await_state(citizen, CallState.COMING)
        citizen.choose("bar:help")
        assert "马上有人来" in words(citizen)
        desk.press("close")
        await_state(citizen, CallState.CLOSED)
        assert "刚才叫的人来过了" in words(citizen)


@pytest.mark.logs("help-unreachable")
def test_without_a_hub_the_desk_and_the_phone_are_there_all_the_same(
    hub: Hub, data_dir: Path, way: Callable[[Machine], Way], voice: RecordedVoice
) -> None:
    with staffed(hub, data_dir):
        pass  # it was there when the machine was set up
    with running(data_dir, voice) as machine:
        citizen = Citizen(machine.kiosk, machine.clock, way)
        citizen.begin()
        citizen.choose("bar:help")
        citizen.choose("help:call")
        await_state(citizen, CallState.UNREACHABLE)
        told = words_of_all_pages(citizen)
        for what in ("现在叫不到人", "请到1楼进门右手", "打电话：12345"):
            assert what in told


def test_whoever_listens_hears_that_somebody_comes(
    hub: Hub, data_dir: Path, voice: RecordedVoice
) -> None:
    with staffed(hub, data_dir) as desk, running(data_dir, voice) as machine:
        listener = Listener(machine, voice)
        listener.press(Qt.Key.Key_F13)
        listener.begin()
        listener.choose("找人帮忙", "工作人员走过来帮您")
        listener.choose("叫人过来", "已经告诉工作人员了")
        desk.press("answer")
        wait_until(lambda: "马上有人来" in listener.heard(), "somebody comes")
