"""The machines of a hall on the page of its staff, in a real browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from db.token import Place
from kiosk.core.printing import Fault, PrinterState
from kiosk.devices.reports import MachineState, Reports
from tests.browser.staff import Staff, at_the_desk
from tests.browser.test_calls import PICTURES
from tests.hub.hall.serving import PIN, Machine, make_hub, serving
from tests.hub.phone.building import Hub

LONGEST_S = 10.0


def state(**printer: object) -> MachineState:
    return MachineState(PrinterState(**printer), 128, 41, "0.2.0")  # type: ignore[arg-type]


STATES = {
    1: state(),
    2: state(),
    3: state(low_paper=True),
    5: state(withdrawn=True, fault=Fault.NO_PAPER, low_paper=True),
    6: state(fault=Fault.COVER_OPEN),
}


def until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + LONGEST_S
    while not condition():
        assert time.monotonic() < end, what


def words_of(staff: Staff) -> list[str]:
    """The large words of each machine that needs somebody, from above to below."""
    script = (
        'return [...document.querySelectorAll("#machines .place")].map((one) => one.textContent)'
    )
    return list(staff.run(script))


def test_staff_read_in_large_words_which_machine_needs_somebody(tmp_path: Path) -> None:
    hub = make_hub(tmp_path)
    places = {number: Place(990100, 1, number) for number in (*STATES, 9)}
    for place in places.values():
        hub.enrol(place)
    with serving(hub) as url, at_the_desk(tmp_path / "profile") as staff:
        staff.sign_in(url, PIN)
        until(lambda: len(words_of(staff)) == 7, "all machines are silent")
        telling = [_telling(hub, url, places[number], told) for number, told in STATES.items()]
        expected = [
            "不印小票了，打印机没纸了",
            "打印机的盖子开着",
            "没有消息",  # machine 7, which the hub has always known
            "没有消息",  # and 9
            "纸快没了",
        ]
        until(lambda: words_of(staff) == expected, "what the machines have said")
        assert "好的：1号机、2号机" in staff.text()
        PICTURES.mkdir(parents=True, exist_ok=True)
        staff.picture(PICTURES / "machines.png")
        telling[3].tell(state())
        until(lambda: len(words_of(staff)) == 4, "that one is well again")
        assert staff.complaints() == []
        for one in telling:
            one.close()
    hub.close()


def _telling(hub: Hub, url: str, place: Place, told: MachineState) -> Reports:
    made = Reports(Machine(hub, place).enrolment(url), now=lambda: hub.clock().timestamp())
    made.tell(told)
    return made
