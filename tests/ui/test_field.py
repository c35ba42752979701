"""A field shows on one line what was entered last, and where the next sign comes."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from kiosk.ui.page import Field
from kiosk.ui.widgets.plate import FieldPlate
from tests.builders import make_look


@pytest.mark.parametrize("many", [1, 8, 14, 40])
def test_a_field_shows_the_end_of_what_was_entered_and_as_much_of_it_as_fits(
    qtbot: QtBot, many: int
) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(many))
    plate = FieldPlate(Field(text, "", "search"), make_look(), 600, None)
    qtbot.addWidget(plate)
    shown = plate._drawing.title
    assert shown.line_count() == 1
    assert text.endswith(shown.text.lstrip("…"))
    more = FieldPlate(Field("…" + text[-len(shown.text) :], "", "search"), make_look(), 600, None)
    qtbot.addWidget(more)
    assert shown.text == text or more._drawing.title.text != "…" + text[-len(shown.text) :]


def test_what_is_not_settled_stays_marked_where_the_beginning_is_hidden(qtbot: QtBot) -> None:
    text = "社" * 30 + "保卡"
    plate = FieldPlate(Field(text, "", "search", marks=((30, 2),)), make_look(), 600, None)
    qtbot.addWidget(plate)
    [(start, length)] = plate._drawing.title.marks
    assert plate._drawing.title.text[start : start + length] == "保卡"
    assert len(plate._drawing.title.text) < len(text)


def test_the_next_sign_stands_behind_the_last(qtbot: QtBot) -> None:
    ends = []
    for text in ("社", "社保", "社保卡"):
        plate = FieldPlate(Field(text, "", "search"), make_look(), 600, None)
        plate.resize(600, plate.height_px())
        qtbot.addWidget(plate)
        ends.append(plate.end().x())
        assert plate.rect().contains(plate.end())
    assert ends == sorted(set(ends))
