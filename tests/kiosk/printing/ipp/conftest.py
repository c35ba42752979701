"""A printer for A4 that is not ours, fresh for each test."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.letter import Letter
from kiosk.core.choices import Choices
from kiosk.core.handoff import HandoffCode
from kiosk.printing.ipp.client import IppClient
from kiosk.printing.ipp.printer import IppPrinter, Patience
from kiosk.printing.letter import pages_of
from kiosk.printing.page import Page
from kiosk.store.enrolment import Enrolment, PlaceNumbers
from kiosk.store.handoff_desk import HandoffDesk
from tests.builders import MONDAY_MORNING
from tests.kiosk.printing.ipp.machines import Bus, Cups, EvePrinter, missing

QUICK = Patience(look_s=0.05, job_s=20.0, lost_s=0.5, withdrawn_s=1.0)


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    assert not missing(), f"please run scripts/install --with-tests: {missing()}"
    bus = Bus(tmp_path / "bus")
    yield bus
    bus.kill()


@pytest.fixture
def formats() -> str:
    return "application/pdf"


@pytest.fixture
def eve(tmp_path: Path, bus: Bus, formats: str) -> Iterator[EvePrinter]:
    eve = EvePrinter(tmp_path / "eve", bus, formats)
    yield eve
    eve.go_on()  # nothing of its own waits any more
    eve.kill()


@pytest.fixture
def cups(eve: EvePrinter, scheme: str) -> Iterator[Cups]:
    """Started by root it works as another user, who may not look into pytest's folders."""
    with tempfile.TemporaryDirectory(prefix="cups-") as folder:
        Path(folder).chmod(0o755)
        cups = Cups(Path(folder), eve.uri.replace("ipp:", f"{scheme}:"))
        yield cups
        cups.kill()


@pytest.fixture(scope="session")
def code() -> HandoffCode:
    who = Enrolment(
        repository="",
        handoff_prefix="https://zwfw.example.cn/k/",
        collection="990100",
        hall="here",
        place=PlaceNumbers(990100, 1, 7),
        epoch=1,
        key="11" * 32,
    )
    desk = HandoffDesk(who, lambda: MONDAY_MORNING)
    return desk.make(13001, 1, Choices())[1]


@pytest.fixture
def letter(code: HandoffCode) -> tuple[Page, ...]:
    return pages_of(Letter("社会保障卡申领", "13001-6", "12345", "child", "frail"), code=code)


def printer_at(uri: str, patience: Patience = QUICK, ask_s: float = 10.0) -> IppPrinter:
    """A printer as in a hall, but for what would be too short on a machine that is busy."""
    return IppPrinter(
        IppClient(uri, "kiosk-7", ask_s),
        lambda behind: IppClient(behind, "kiosk-7", ask_s),
        patience,
    )
