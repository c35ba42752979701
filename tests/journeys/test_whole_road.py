"""From the editors' files to a page on a phone, by real processes on the loopback."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kiosk import app
from kiosk.citizen import PANELS, Citizen, SteppedClock
from kiosk.core.printing import FailedBefore, Printed
from kiosk.tour import urls_in
from tests.journeys.hall import CATALOG, Hall, free_port
from tests.kiosk.printing.escpos_printer import Machine, TcpPrinter, Troubles, image_of

pytestmark = pytest.mark.long
SYNC_PATIENCE_MS = 300_000  # the worker lets everybody else go first, and here both cores are busy
GUANGAN = Path(__file__).resolve().parents[3] / (
    "shared/data/real/cn_guangan_services/services.json"
)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Hall:
    """A hub with the demo city and an enrolled kiosk."""
    hall = Hall(tmp_path_factory.mktemp("hall"), free_port())
    hall.found()
    hall.enrol()
    return hall


@contextmanager
def standing_at(
    hall: Hall, panel: str = "portrait", *, watch_hub: bool = False
) -> Iterator[Citizen]:
    """Somebody in front of the kiosk's window."""
    clock = SteppedClock()
    ways = app.Ways(monotonic_s=clock, panel=PANELS[panel], watch_hub=watch_hub)
    kiosk = app.Kiosk(hall.kiosk_data, ways)
    try:
        kiosk.start()
        yield Citizen(kiosk, clock)
    finally:
        kiosk.stop()
        kiosk.window.deleteLater()
        kiosk.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def prints_on(hall: Hall, printer: TcpPrinter) -> None:
    """Give the kiosk a receipt printer."""
    settings = f'[printer]\nkind = "tcp"\nhost = "127.0.0.1"\nport = {printer.port}\n'
    hall.set_up(settings)


def take_along(citizen: Citizen, group: str, service: str) -> None:
    """Home → group → service → hand-off."""
    stage = citizen.kiosk.stage
    citizen.begin()
    for name in ("home:groups", f"group:{group}", f"service:{service}"):
        while name not in citizen.sees():
            citizen.touch("page:following")
        citizen.touch(name)
    citizen.touch("service:take")
    citizen.until(lambda: stage.session.taking.handoff is not None, "making the codes")


def print_slip(citizen: Citizen) -> object:
    """Touch print and wait for the truth about it."""
    stage = citizen.kiosk.stage
    citizen.touch("handoff:print")
    citizen.until(
        lambda: bool(stage.session.taking.slip and stage.session.taking.slip.outcome), "printing"
    )
    assert stage.session.taking.slip is not None
    return stage.session.taking.slip.outcome


@pytest.mark.usefixtures("qapp")
def test_a_source_file_becomes_a_page_on_a_phone(hall: Hall) -> None:
    printer = TcpPrinter(Machine(speed_mm_s=2000))
    with hall.serving(), printer.running():
        assert hall.kiosk("sync").returncode == 0
        prints_on(hall, printer)
        with standing_at(hall) as citizen:
            take_along(citizen, "household", "id-card-lost")
            (on_screen,) = urls_in(citizen.picture())
            assert isinstance(print_slip(citizen), Printed)
            handoff = citizen.kiosk.stage.session.taking.handoff
        assert handoff is not None
        (on_paper,) = urls_in(image_of(printer.machine.slips[-1]))
        assert on_screen == handoff.screen.url
        assert on_paper == handoff.paper.url
        for url, code in ((on_screen, handoff.screen), (on_paper, handoff.paper)):
            answer = requests.get(url, timeout=10)
            assert answer.status_code == 200
            assert "身份证丢了补办" in answer.text
            assert code.check_code in re.sub(r"\s|<[^>]*>", "", answer.text)
            assert code.short_number in answer.text


@pytest.mark.usefixtures("qapp")
def test_without_paper_the_screen_says_what_to_do_instead(hall: Hall) -> None:
    printer = TcpPrinter(Machine(Troubles(paper_out_at=0)))
    with printer.running():
        prints_on(hall, printer)
        with standing_at(hall) as citizen:
            take_along(citizen, "pension", "pension-verify")
            assert isinstance(print_slip(citizen), FailedBefore)
            shown = [
                label.text() for label in citizen.kiosk.window.screen_shown.findChildren(QLabel)
            ]
            assert any("没纸" in words and "导服台" in words for words in shown)
            assert urls_in(citizen.picture()), "the code on the screen stays"


@pytest.mark.usefixtures("qapp")
def test_a_tampered_repository_is_refused_and_the_old_catalog_still_shown(
    tmp_path: Path, hall: Hall
) -> None:
    own = Hall(tmp_path, hall.port)
    shutil.copytree(hall.hub_data, own.hub_data)
    shutil.copytree(hall.kiosk_data, own.kiosk_data)
    source = tmp_path / "source"
    shutil.copytree(CATALOG, source)
    file = source / "services/household/id-card-lost.yaml"
    file.write_text(file.read_text("utf-8").replace("身份证丢了补办", "身份证丢了重办"), "utf-8")
    assert own.hub("publish", str(source), "--data", str(own.hub_data)).returncode == 0
    full = max(
        own.hub_data.rglob("*.full.jsonl.zst"), key=lambda snapshot: snapshot.stat().st_mtime_ns
    )
    content = bytearray(full.read_bytes())
    content[len(content) // 2] ^= 1
    full.write_bytes(content)
    before = own.kiosk("doctor").stdout
    with own.serving():
        refused = own.kiosk("sync")
    assert refused.returncode != 0
    assert own.kiosk("doctor").stdout == before
    own.set_up()
    with standing_at(own) as citizen:
        take_along(citizen, "household", "id-card-lost")
        service = citizen.kiosk.stage.catalog.service("id-card-lost")
        assert service is not None
        assert service.plain_name.zh == "身份证丢了补办"


@pytest.mark.usefixtures("qapp")
def test_the_hub_may_be_away(hall: Hall) -> None:
    refused = hall.kiosk("sync")
    assert refused.returncode != 0
    with standing_at(hall, "landscape") as citizen:
        citizen.begin()
        assert citizen.screen_name == "home"


@pytest.mark.usefixtures("qapp")
@pytest.mark.skipif(not GUANGAN.exists(), reason="../shared with the real district list is absent")
def test_a_real_district_list_walks_the_whole_road(tmp_path: Path) -> None:
    own = Hall(tmp_path, free_port())
    own.found(GUANGAN, "--format", "exchange")
    own.enrol("hall")
    printer = TcpPrinter(Machine(speed_mm_s=2000))
    with own.serving(), printer.running():
        assert own.kiosk("sync").returncode == 0
        prints_on(own, printer)
        with standing_at(own) as citizen:
            assert citizen.kiosk.stage.catalog.edition.services == 1135
            citizen.touch("welcome:start")
            citizen.touch("home:search")
            for letter in "CJR":  # 残疾人
                citizen.touch(f"key:{letter}")
            stage = citizen.kiosk.stage
            citizen.until(
                lambda: bool(
                    stage.session.asking.results and stage.session.asking.results.query == "cjr"
                ),
                "searching",
            )
            first = next(name for name in citizen.sees() if name.startswith("service:"))
            citizen.touch(first)
            citizen.touch("service:take")
            citizen.until(lambda: stage.session.taking.handoff is not None, "making the codes")
            (on_screen,) = urls_in(citizen.picture())
            assert isinstance(print_slip(citizen), Printed)
            service = stage.catalog.service(first.removeprefix("service:"))
        (on_paper,) = urls_in(image_of(printer.machine.slips[-1]))
        assert service is not None
        assert "残" in service.name.zh
        for url in (on_screen, on_paper):
            assert service.plain_name.zh in requests.get(url, timeout=10).text


@pytest.mark.usefixtures("qapp")
def test_a_new_edition_reaches_the_running_window(tmp_path: Path, hall: Hall, qtbot: QtBot) -> None:
    own = Hall(tmp_path, free_port())
    shutil.copytree(hall.hub_data, own.hub_data)
    own.enrol()
    own.set_up("[sync]\ninterval_s = 0.2\n")
    source = tmp_path / "source"
    shutil.copytree(CATALOG, source)
    file = source / "services/household/id-card-lost.yaml"
    file.write_text(file.read_text("utf-8").replace("身份证丢了补办", "身份证丢了重办"), "utf-8")
    with own.serving(), standing_at(own, watch_hub=True) as citizen:
        citizen.begin()
        for name in ("home:groups", "group:household"):
            citizen.choose(name)
        citizen.until(lambda: "service:id-card-lost" in citizen.sees(), "the old edition")
        assert own.hub("publish", str(source), "--data", str(own.hub_data)).returncode == 0
        stage = citizen.kiosk.stage
        qtbot.waitUntil(lambda: stage.catalog.edition.version == 2, timeout=SYNC_PATIENCE_MS)
        service = stage.catalog.service("id-card-lost")
        assert service is not None
        assert service.plain_name.zh == "身份证丢了重办"
        assert citizen.screen_name == "group:household", "the visit goes on where it was"
        tiles = citizen.kiosk.window.screen_shown.touchables()
        assert any(tile.text() == "身份证丢了重办" for tile in tiles)
