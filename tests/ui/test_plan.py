"""The plan of a floor: what is drawn has room, is said, and does not turn with the lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize

from kiosk.core.choices import Contrast, Language, TextSize
from kiosk.ui.look import Look
from kiosk.ui.page import Plan, PlanMark
from kiosk.ui.screen import Screen
from kiosk.ui.spoken import Ear, name_of
from kiosk.ui.widgets.plan import PlanPlate
from tests.builders import make_look
from tests.ui.pages import LARGE_LYING, SMALL, SMALL_LYING, a_page

pytestmark = pytest.mark.usefixtures("qapp")

HALL = Plan(
    16,
    10,
    (
        PlanMark(7, 9, 2, 1, "大门", "home"),
        PlanMark(0, 0, 6, 2, "12–15 号窗口", "map-pin", "yes"),
        PlanMark(13, 9, 1, 1, "您在这里", "map-pin", "tint"),
        PlanMark(5, 4, 4, 2),
    ),
    "1楼的图",
)


def plate_of(plan: Plan, look: Look, width_mm: float = 226) -> PlanPlate:
    return PlanPlate(plan, look, look.px(width_mm), None)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    columns, rows = draw(st.integers(4, 64)), draw(st.integers(4, 64))
    marks = []
    for _ in range(draw(st.integers(1, 8))):
        x, y = draw(st.integers(0, columns - 1)), draw(st.integers(0, rows - 1))
        width, height = draw(st.integers(1, columns - x)), draw(st.integers(1, rows - y))
        label = draw(st.sampled_from(["", "厕所", "12–15 号窗口", "Counters 12–15"]))
        icon = draw(st.sampled_from(["", "map-pin", "home"]))
        marks.append(PlanMark(x, y, width, height, label, icon))
    return Plan(columns, rows, tuple(marks))


@settings(max_examples=80, deadline=None)
@given(plans(), st.sampled_from(TextSize), st.sampled_from([SMALL, LARGE_LYING]))
def test_everything_stays_on_its_area_and_on_the_floor(
    plan: Plan, size: TextSize, panel: object
) -> None:
    look = make_look(panel, size=size)  # type: ignore[arg-type]
    plate = plate_of(plan, look)
    floor = QRect(QPoint(0, 0), plate._floor)
    assert plate._floor.width() <= look.px(226)
    for shape in plate._shapes:
        assert floor.contains(shape.box)
        if shape.icon is not None:
            assert shape.box.contains(shape.icon)
        if shape.words is not None and shape.at is not None:
            words = QRect(shape.at, QSize(shape.words.width, shape.words.height()))
            assert shape.box.contains(words)
            assert shape.icon is None or not shape.icon.intersects(words)
            assert shape.words.font.pixelSize() >= look.least_em_px()
    plate.deleteLater()


@settings(max_examples=60, deadline=None)
@given(plans())
def test_symbols_are_equally_large(plan: Plan) -> None:
    plate = plate_of(plan, make_look(SMALL))
    assert len({shape.icon.width() for shape in plate._shapes if shape.icon is not None}) <= 1
    plate.deleteLater()


def test_in_a_usual_hall_what_is_looked_for_is_named_on_the_picture() -> None:
    plate = plate_of(HALL, make_look(SMALL))
    drawn = {shape.mark.label for shape in plate._shapes if shape.words is not None}
    assert "12–15 号窗口" in drawn
    icons = [shape.icon for shape in plate._shapes if shape.icon is not None]
    assert min(icon.width() for icon in icons) >= make_look(SMALL).px(8)
    plate.deleteLater()


@pytest.mark.parametrize("panel", [SMALL, SMALL_LYING])
def test_a_plan_leaves_room_for_words(panel: object) -> None:
    look = make_look(panel, size=TextSize.LARGEST)  # type: ignore[arg-type]
    plate = plate_of(HALL, look)
    assert plate.height_px() <= look.panel.height_px * 0.3 + look.px(8)
    plate.deleteLater()


@pytest.mark.parametrize("language", Language)
def test_left_is_left_whatever_way_lines_run(language: Language) -> None:
    plate = plate_of(HALL, make_look(SMALL, language=language))
    counter, machine = plate._shapes[1].box, plate._shapes[2].box
    assert counter.center().x() < machine.center().x()
    plate.deleteLater()


def test_what_it_shows_is_said() -> None:
    ear = Ear(Language.CHINESE, lambda words: words)
    assert name_of(HALL, ear) == "1楼的图。大门。12–15 号窗口。您在这里"


@pytest.mark.parametrize("contrast", Contrast)
def test_what_is_looked_for_differs_in_every_look_by_a_thicker_line(contrast: Contrast) -> None:
    look = make_look(SMALL, contrast=contrast)
    plain = HALL.marks[1]
    strong = picture_of(HALL, look)
    weak = picture_of(
        Plan(16, 10, (PlanMark(plain.x, plain.y, plain.width, plain.height, icon="map-pin"),)), look
    )
    assert strong != weak


def picture_of(plan: Plan, look: Look) -> bytes:
    """The first area below the upper left corner, as pixels."""
    plate = plate_of(plan, look)
    plate.resize(look.px(226), plate.height_px())
    image = plate.grab(QRect(0, 0, plate.width() // 3, plate.height() // 4)).toImage()
    plate.deleteLater()
    return bytes(image.constBits())


@pytest.mark.parametrize("panel", [SMALL, SMALL_LYING])
def test_a_page_with_a_plan_is_drawn_whole(panel: object) -> None:
    look = make_look(panel, size=TextSize.LARGEST)  # type: ignore[arg-type]
    screen = Screen(a_page(blocks=(HALL,)), look)
    assert screen.page_count == 1
    (plate,) = screen.findChildren(PlanPlate)
    assert screen.rect().contains(plate.geometry())
    screen.deleteLater()
