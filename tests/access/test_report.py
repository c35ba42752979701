"""What people read about the measurements."""

from __future__ import annotations

from pathlib import Path

import pytest

from access import __main__ as command
from access import report, requirements
from access.report import Run
from access.sights import Layout, Sight
from access.tally import Case, Tally, Where
from kiosk.store.catalog_reader import CatalogReader
from tests.docs.reading import rows, text_of

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "docs" / "accessibility-report.md"


def tally_of(value: float, bound: float = 20.0) -> Tally:
    """One target that was measured."""
    tally = Tally()
    where = Where(str(Sight()), "welcome", 0, "welcome:start", (100, 200, 300, 400))
    tally.score("TCH-01").checks += 1
    tally.score("TCH-01").add(Case(value, bound, "mm", "least", where))
    return tally


@pytest.fixture
def run(demo_file: Path, tmp_path: Path) -> Run:
    return Run([Layout(Sight(), (Sight().contrast,))], demo_file, tmp_path)


def test_the_report_has_a_row_for_every_requirement(run: Run) -> None:
    text = report.text(tally_of(25.0), run, set())
    assert [row["id"] for row in rows(text)] == list(requirements.ALL)
    assert all(row["found"] for row in rows(text))


def test_the_worst_case_is_told_and_linked(run: Run) -> None:
    found = {row["id"]: row["found"] for row in rows(report.text(tally_of(19.0), run, {"TCH-01"}))}
    assert "1 failures" in found["TCH-01"]
    assert "19 mm (≥ 20)" in found["TCH-01"]
    assert "welcome:start" in found["TCH-01"]
    assert "(pictures/access/TCH-01.png)" in found["TCH-01"]
    assert "not measured" in found["TCH-02"]


def test_the_last_line_and_the_exit_code_say_whether_something_fails() -> None:
    assert command.verdict(tally_of(25.0)) == ("checks 1 failures 0", 0)
    assert command.verdict(tally_of(19.0)) == ("checks 1 failures 1", 1)


def test_what_several_processes_found_is_one_tally() -> None:
    total = Tally()
    for value in (25.0, 19.0, 22.0):
        total.merge(tally_of(value))
    assert (total.checks, total.failures, total.failing()) == (3, 1, {"TCH-01"})
    worst = total.score("TCH-01").worst
    assert worst is not None
    assert worst.value == 19.0


def test_half_a_pixel_is_no_failure() -> None:
    case = Case(19.9, 20.0, "mm", "least", Where(), slack=0.15)
    assert case.margin > 0
    assert Case(19.9, 20.0, "mm", "least", Where()).margin < 0
    assert Case(20.1, 20.0, "mm", "most", Where()).margin < 0


@pytest.mark.usefixtures("qapp")
def test_the_worst_case_has_a_picture_with_a_mark(demo: CatalogReader) -> None:
    worst = tally_of(19.0).score("TCH-01").worst
    assert worst is not None
    image = report.picture(demo, worst.where)
    assert image is not None
    assert image.width() == report.PICTURE_PX
    colours = {image.pixelColor(x, y).name() for x in range(0, 130, 2) for y in range(0, 160, 2)}
    assert any(name.startswith("#d") and name[3:5] < "40" for name in colours)


def test_the_kept_report_is_one_of_this_program() -> None:
    listed = [row["id"] for row in rows(text_of(KEPT))]
    assert listed == list(requirements.ALL)
    pictures = KEPT.parent / "pictures" / "access"
    assert 0 < len(list(pictures.glob("*.png"))) <= 12
