"""The morning's report: a line for each part, and what to do where one is not well."""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk import config, doctor, ruler
from kiosk.config import Measurement
from kiosk.core.staff import ByPin
from kiosk.doctor import Machine
from kiosk.store.enrolment import FILE
from kiosk.store.missed_queries import MissedQueries
from kiosk.store.staff_book import Cost, StaffBook, clocks
from kiosk.store.staff_file import STAFF_DB
from kiosk.store.state import CatalogFile, Contact, open_state
from kiosk.ui import tokens
from tests.builders import Bodies, write_catalog
from tests.kiosk.devices.test_keypad import USB_KEYBOARD, device
from tests.kiosk.store.test_enrolment import CONTENT

pytestmark = pytest.mark.usefixtures("qapp")

GOOD = 'profile = "27in-portrait"\n'


@pytest.fixture
def data_dir(tmp_path: Path, demo_bodies: Bodies) -> Path:
    """The folder of an enrolled kiosk with a catalog."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "kiosk.toml").write_text(GOOD, "utf-8")
    (folder / FILE).write_text(json.dumps(CONTENT), "utf-8")
    write_catalog(folder / "1.sqlite", demo_bodies)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    catalog = CatalogFile(file="1.sqlite", version=1, head=b"{}", policy="")
    state = open_state(folder)
    state.switch("990100", catalog, {}, Contact("https://hub.example.cn/", None, now, now))
    state.close()
    return folder


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with all its parts."""
    inputs, cards = tmp_path / "inputs", tmp_path / "cards"
    device(inputs, 3, "Storm AudioNav", USB_KEYBOARD)
    cards.write_text(" 0 [PCH]: HDA-Intel - HDA Intel PCH\n", "utf-8")
    return Machine(program=lambda name: f"/usr/bin/{name}", inputs=inputs, sound_cards=cards)


class Report:
    """What the doctor says."""

    def __init__(self, folder: Path, machine: Machine, settings: str = GOOD) -> None:
        (folder / "kiosk.toml").write_text(settings, "utf-8")
        out = io.StringIO()
        self.status = doctor.report(folder, out, machine)
        self.lines = dict(line.split(": ", 1) for line in out.getvalue().splitlines())

    @property
    def not_well(self) -> list[str]:
        return [name for name, said in self.lines.items() if said.startswith("NOT WELL: ")]


def test_a_machine_with_all_its_parts_is_well(data_dir: Path, machine: Machine) -> None:
    report = Report(data_dir, machine)
    assert report.status == 0
    assert report.not_well == []
    assert report.lines == {
        "identity": report.lines["identity"],
        "catalog": "version 1 of 2026-11-20T00:00:00Z, 177 services",
        "panel": "27in-portrait, 1080 × 1920 px, 0.3113 mm/px, 336 × 598 mm, lower edge "
        "700 mm above the floor, eyes at 500 mm",
        "ruler": "never measured; run `kiosk ruler`",
        "fonts": ", ".join(tokens.PACKAGES),
        "voice": "espeak-ng to default; listen to it once",
        "headphones": "nobody knows of a plug: device.jack is none; sound to default",
        "keypad": "none promised; keyboards: Storm AudioNav",
        "dictation": "nobody understands speech: dictation.kind is none",
        "printer": "PDF folder, generic-80, 80 mm, 576 dots",
        "sheets": "nobody is offered any",
        "missed": "no words were asked 3 times without a good answer",
        "staff": "nobody can sign in; run `kiosk staff add NAME`",
    }


def test_every_part_has_one_line_even_where_nothing_is_well(tmp_path: Path) -> None:
    nothing = Machine(lambda _name: None, tmp_path / "inputs", tmp_path / "cards")
    report = Report(tmp_path, nothing, "device.keypad = true\ndevice.jack = 'auto'\n")
    assert report.status == 1
    assert report.not_well == ["identity", "catalog", "panel", "voice", "headphones", "keypad"]
    assert "kiosk ruler" in report.lines["panel"]
    assert "apt-get install espeak-ng" in report.lines["voice"]


def test_settings_that_cannot_be_read_are_named_on_every_line_that_needs_them(
    data_dir: Path, machine: Machine
) -> None:
    report = Report(data_dir, machine, "colour = 'red'")
    assert report.status == 1
    with_settings = {"panel", "voice", "headphones", "keypad", "dictation", "printer", "sheets"}
    assert set(report.not_well) == with_settings | {"missed"}


# the ruler --------------------------------------------------------------------------------------


def test_a_measured_panel_has_its_day_and_its_own_size(data_dir: Path, machine: Machine) -> None:
    ruler.keep(data_dir, Measurement(0.3180, 0.31132, date(2026, 11, 22)))
    report = Report(data_dir, machine)
    assert report.lines["ruler"] == "measured on 2026-11-22, +2.1% from the profile"
    assert "0.3180 mm/px, 343 × 611 mm" in report.lines["panel"]


def test_what_was_measured_on_another_panel_is_not_used(data_dir: Path, machine: Machine) -> None:
    ruler.keep(data_dir, Measurement(0.3180, 0.31132, date(2026, 11, 22)))
    report = Report(data_dir, machine, 'profile = "32in-portrait"')
    assert report.lines["ruler"].endswith("for another profile; run `kiosk ruler` again")
    assert "0.3690 mm/px" in report.lines["panel"]


def test_a_damaged_measurement_is_not_well(data_dir: Path, machine: Machine) -> None:
    (data_dir / config.PANEL).write_text("mm_per_px = 0.0", "utf-8")
    assert "ruler" in Report(data_dir, machine).not_well


# voice ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "package"), [("espeak-ng", "espeak-ng"), ("aplay", "alsa-utils")]
)
def test_a_missing_program_is_named_with_its_package(
    data_dir: Path, machine: Machine, missing: str, package: str
) -> None:
    without = Machine(
        lambda name: None if name == missing else name, machine.inputs, machine.sound_cards
    )
    report = Report(data_dir, without)
    assert report.status == 1
    assert report.lines["voice"] == f"NOT WELL: {missing} is missing: apt-get install {package}"


@pytest.mark.parametrize("cards", ["--- no soundcards ---\n", None])
def test_a_machine_without_a_sound_card_cannot_be_heard(
    data_dir: Path, machine: Machine, cards: str | None
) -> None:
    machine.sound_cards.unlink()
    if cards is not None:
        machine.sound_cards.write_text(cards, "utf-8")
    assert Report(data_dir, machine).not_well == ["voice"]


@pytest.mark.parametrize("kind", ["none", "folder"])
def test_a_voice_that_is_not_wanted_is_not_missed(
    data_dir: Path, machine: Machine, kind: str
) -> None:
    machine.sound_cards.unlink()
    report = Report(data_dir, machine, f'{GOOD}voice.kind = "{kind}"')
    assert report.status == 0
    assert report.lines["voice"] == f"nobody hears it: voice.kind is {kind}"


# headphones and keys ----------------------------------------------------------------------------


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    """A file that can be opened and does not know of plugs."""
    path = tmp_path / "event9"
    os.mkfifo(path)
    yield path
    path.unlink()


def test_the_sound_goes_to_the_headphones_device_where_there_is_one(
    data_dir: Path, machine: Machine
) -> None:
    settings = f'{GOOD}device.keypad = true\ndevice.jack = "keypad"\nvoice.headphones = "hw:1"\n'
    report = Report(data_dir, machine, settings)
    assert report.status == 0
    assert report.lines["headphones"] == "the keypad tells of a plug by F13 and F14; sound to hw:1"
    assert report.lines["keypad"] == "Storm AudioNav; try every key on the practice page"


def test_a_socket_that_does_not_say_whether_a_plug_is_in_is_not_well(
    data_dir: Path, machine: Machine, pipe: Path
) -> None:
    report = Report(data_dir, machine, f'{GOOD}device.jack = "{pipe}"')
    assert report.not_well == ["headphones"]
    assert "does not say whether" in report.lines["headphones"]


def test_a_socket_that_is_not_there_is_named(data_dir: Path, machine: Machine) -> None:
    report = Report(data_dir, machine, f'{GOOD}device.jack = "/dev/input/by-path/none"')
    assert report.not_well == ["headphones"]
    assert "/dev/input/by-path/none does not answer" in report.lines["headphones"]


def test_a_promised_keypad_that_is_not_plugged_in_is_not_well(
    data_dir: Path, machine: Machine, tmp_path: Path
) -> None:
    bare = Machine(machine.program, tmp_path / "no inputs", machine.sound_cards)
    assert Report(data_dir, bare, f"{GOOD}device.keypad = true").not_well == ["keypad"]


# what is asked ----------------------------------------------------------------------------------

RECOGNISER = f'{GOOD}dictation.kind = "command"\ndictation.command = ["/opt/listen", "zh"]\n'


def test_a_recogniser_is_named_for_somebody_to_try(data_dir: Path, machine: Machine) -> None:
    report = Report(data_dir, machine, RECOGNISER)
    assert report.status == 0
    assert report.lines["dictation"] == "/opt/listen; say something to it once"


def test_a_recogniser_that_is_not_there_is_not_well(data_dir: Path, machine: Machine) -> None:
    without = Machine(
        lambda name: None if name == "/opt/listen" else name, machine.inputs, machine.sound_cards
    )
    report = Report(data_dir, without, RECOGNISER)
    assert report.not_well == ["dictation"]
    assert report.lines["dictation"].endswith("/opt/listen is missing")


def count(folder: Path, words: str, visits: int) -> None:
    missed = MissedQueries(folder / "state.db", {})
    for _ in range(visits):
        missed.count(words)
        missed.next_visit()
    missed.close()


def test_words_without_a_good_answer_are_named_the_ten_most_frequent(
    data_dir: Path, machine: Machine
) -> None:
    for n, sign in enumerate("甲乙丙丁戊己庚辛壬癸子丑", 2):
        count(data_dir, f"换{sign}", n)
    said = Report(data_dir, machine).lines["missed"]
    assert said.startswith("no good answer for 换丑 (13), 换子 (12), 换癸 (11)")
    assert said.endswith("换丁 (5), 换丙 (4)")


def test_words_that_are_not_counted_are_not_shown(data_dir: Path, machine: Machine) -> None:
    count(data_dir, "换房本", 3)
    said = Report(data_dir, machine, f"{GOOD}search.count_missed = false").lines["missed"]
    assert said == "not counted: search.count_missed is false"


def test_counts_that_cannot_be_read_are_not_well(data_dir: Path, machine: Machine) -> None:
    (data_dir / "state.db").write_bytes(b"no database" * 1000)
    assert Report(data_dir, machine).not_well == ["catalog", "missed"]


def test_a_printer_in_the_network_has_its_address(data_dir: Path, machine: Machine) -> None:
    settings = f'{GOOD}printer.kind = "tcp"\nprinter.host = "192.0.2.7"'
    said = Report(data_dir, machine, settings).lines["printer"]
    assert said == "192.0.2.7:9100, generic-80, 80 mm, 576 dots"


def test_of_a_narrow_roll_its_limits_are_said(data_dir: Path, machine: Machine) -> None:
    settings = f'{GOOD}printer.model = "generic-58"'
    said = Report(data_dir, machine, settings).lines["printer"]
    assert said.endswith(
        "58 mm, 384 dots, torn off by hand, large print is not offered: it needs 80 mm"
    )


def test_a_printer_whose_device_is_not_there_is_not_well(data_dir: Path, machine: Machine) -> None:
    settings = f'{GOOD}printer.kind = "usb"\nprinter.device = "/dev/usb/there-is-none"'
    assert "printer" in Report(data_dir, machine, settings).not_well


def test_a_model_that_is_not_supported_is_not_well(data_dir: Path, machine: Machine) -> None:
    assert "printer" in Report(data_dir, machine, f'{GOOD}printer.model = "epson-tm-t88"').not_well


# staff ------------------------------------------------------------------------------------------


def test_staff_are_counted_and_a_lock_is_said(data_dir: Path, machine: Machine) -> None:
    now = datetime.now().astimezone()
    moment = clocks(time.monotonic, lambda: now)
    book = StaffBook(data_dir, moment, lambda: now, Cost(1, 8, 1))
    book.set_pin("导服台 2", "483920")
    book.check(ByPin("483920"))
    assert Report(data_dir, machine).lines["staff"] == (
        "导服台 2; 1 sign-ins in 7 days; not locked"
    )
    for _ in range(5):
        book.check(ByPin("271828"))
    book.close()
    assert "; locked until " in Report(data_dir, machine).lines["staff"]
    (data_dir / STAFF_DB).write_bytes(b"x" * 5000)
    report = Report(data_dir, machine)
    assert report.status == 1
    assert report.not_well == ["staff"]
