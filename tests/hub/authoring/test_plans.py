"""Floor plans: everything on the floor, counters where they are, kiosks only once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hub.authoring.small_source import found, write

PLAN = """\
    plan:
      - floor: 1楼
        width: 12
        height: 8
        areas:
          - {kind: door, x: 5, y: 7, width: 2}
          - {kind: kiosk, x: 3, y: 6, kiosk: 1}
          - {kind: kiosk, x: 8, y: 6, kiosk: 2}
      - floor: 2楼
        width: 12
        height: 8
        areas:
          - {kind: counter, x: 0, y: 0, width: 12, height: 2, counter: desk}
          - {kind: seats, x: 4, y: 4, width: 4, height: 2}
"""
OTHER_HALL = """\
halls:
  - id: annex
    order: 2
    number: 2
    name: 分厅
    short: 分厅
    address: 市民路
    transport: 公交 6 路
    hours: [{days: [1], opens: "09:00", closes: "17:00"}]
    phone: "12345"
    help_desk: 1楼
counters:
  - {id: far-desk, hall: annex, floor: 2楼, label: 1号, name: 护照}
"""
FIRST_LINE = 23  # of the plan in the small city's file


@pytest.fixture
def planned(folder: Path) -> Path:
    write(folder, "    help_desk: 1楼\n", f"    help_desk: 1楼\n{PLAN}", "city.yaml")
    (folder / "annex.yaml").write_text(OTHER_HALL, "utf-8")
    return folder


def test_a_plan_where_everything_fits_is_fine(planned: Path) -> None:
    assert found(planned) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ("{kind: door, x: 5,", "{kind: door, x: 11,", 5, "0].areas[0].x", "ends at 13, the floor"),
        ("y: 4, width: 4, height: 2", "y: 7, width: 4, height: 2", 13, "1].areas[1].y", "at 9"),
        ("counter: desk}", "counter: none}", 12, "1].areas[0].counter", "there is no counter/none"),
        ("counter: desk}", "counter: far-desk}", 12, "1].areas[0].counter", "is in annex"),
        ("x: 8, y: 6, kiosk: 2}", "x: 8, y: 6, kiosk: 1}", 7, "0].areas[2].kiosk", "1 stands in"),
        ("x: 8, y: 6, kiosk: 2}", "x: 8, y: 6}", 7, "0].areas[2].kiosk", "is missing"),
        ("width: 2}", "width: 2, kiosk: 3}", 5, "0].areas[0].kiosk", "at a `door`"),
        ("width: 2}", "width: 2, counter: desk}", 5, "0].areas[0].counter", "at a `door`"),
        ("- floor: 1楼", "- floor: 2楼", 8, "1].floor", "2楼 has a plan already"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(
    planned: Path, old: str, new: str, line: int, field: str, says: str
) -> None:
    file = write(planned, old, new, "city.yaml")
    finding = next(one for one in found(planned) if one.field == f"plan[{field}")
    assert finding.severity == "error"
    assert (finding.place.file, finding.place.line) == (file, FIRST_LINE + line)
    assert says in finding.message


def test_a_counter_stands_on_its_own_floor(planned: Path) -> None:
    write(planned, "hall: hall, floor: 2楼", "hall: hall, floor: 1楼", "city.yaml")
    (finding,) = found(planned)
    assert finding.field == "plan[1].areas[0].counter"
    assert "desk is on 1楼" in finding.message


def test_two_halls_may_have_a_first_kiosk_each(planned: Path) -> None:
    plan = PLAN.replace("counter: desk", "counter: far-desk")
    write(planned, "    help_desk: 1楼\n", f"    help_desk: 1楼\n{plan}", "annex.yaml")
    assert found(planned) == []
