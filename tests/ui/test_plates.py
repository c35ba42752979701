"""What is too high for every column is cut between its lines, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.choices import TextSize
from kiosk.ui.look import Look
from kiosk.ui.measure import Measure
from kiosk.ui.page import Block, Line, Notice, Panel, QrCard, Tile, Tiles
from kiosk.ui.widgets.plate import FieldPlate, Plate
from tests.builders import make_look
from tests.ui.pages import MODULES, SMALL, a_search

pytestmark = pytest.mark.usefixtures("qapp")

texts = st.text(st.sampled_from("身份证丢了补办带户口簿到窗口 abc"), min_size=1, max_size=60)


def large() -> Look:
    return make_look(SMALL, size=TextSize.LARGEST)


def width_of(look: Look) -> int:
    return look.px(226)


def plate_of(block: Block, look: Look) -> Plate:
    one = block.tiles[0] if isinstance(block, Tiles) else block
    return Measure(look).plate(one, width_of(look), None)


def pieces(block: Block, look: Look, room: int) -> list[Block]:
    """A block cut until every piece fits into the room, as far as it can be."""
    plate = plate_of(block, look)
    parts = plate.split(room, room) if plate.height_px() > room else None
    height = plate.height_px()
    plate.deleteLater()
    if parts is None:
        assert height <= room
        return [block]
    return [*pieces(parts[0], look, room), *pieces(parts[1], look, room)]


def said(blocks: list[Block]) -> str:
    words = []
    for block in blocks:
        plate = plate_of(block, large())
        words.append(plate.text())
        plate.deleteLater()
    return "".join("".join(words).split())


@settings(max_examples=40, deadline=None)
@given(texts, texts, st.integers(60, 200), st.booleans())
def test_a_notice_is_read_to_its_end(title: str, text: str, room_mm: int, icon: bool) -> None:
    look = large()
    block = Notice(title, text, "id" if icon else "")
    assert said(pieces(block, look, look.px(room_mm))) == said([block])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4), st.integers(60, 200))
def test_a_panel_is_read_to_its_end(lines: list[tuple[str, str]], room_mm: int) -> None:
    look = large()
    block = Panel(tuple(Line(*line, mark="box") for line in lines))
    assert said(pieces(block, look, look.px(room_mm))) == said([block])


@settings(max_examples=40, deadline=None)
@given(texts, texts, st.integers(60, 200))
def test_a_tile_that_is_only_read_is_read_to_its_end(title: str, text: str, room_mm: int) -> None:
    look = large()
    block = Tiles((Tile("fact", title, text, "clock"),))
    assert said(pieces(block, look, look.px(room_mm))) == said([block])


@pytest.mark.parametrize("room_mm", [120, 140, 170, 200, 260])
def test_a_code_keeps_its_number_beside_it_where_there_is_room(room_mm: float) -> None:
    look = large()
    block = QrCard(
        MODULES,
        "用手机的相机或者微信扫一扫",
        ("相机也行",),
        "打开的网址是",
        "zwfw.example",
        "核对码",
        "5643",
    )
    found = pieces(block, look, look.px(room_mm))
    cards = [one for one in found if isinstance(one, QrCard)]
    assert [one.modules for one in cards] == [MODULES]
    words = said(found).replace("\u200b", "")  # where an address may go on below
    for word in (
        "用手机的相机或者微信扫一扫",
        "相机也行",
        "打开的网址是",
        "zwfw.example",
        "核对码",
    ):
        assert words.count(word) == 1
    assert (cards[0].code == "5643") is (room_mm >= 170)


def test_parts_of_a_notice_have_the_sizes_of_the_whole() -> None:
    look = large()
    block = Notice("打印机卡纸了，没印完的小票请不要用，" * 3, "用手机拍下这一页", "alert-triangle")
    parts = [one for one in pieces(block, look, look.px(90)) if isinstance(one, Notice)]
    assert len(parts) > 2
    assert all(part.is_part for part in parts)


# a field ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("width_mm", [60, 100, 150, 230])
def test_a_field_is_as_high_empty_as_full(size: TextSize, width_mm: float) -> None:
    look = make_look(SMALL, size=size)
    heights = set()
    for text in ("", "S", "S F Z S B K L N K A B C", "社会保障卡丢了怎么办"):
        field = a_search().dock[0]
        shown = type(field)(text, "这里显示您打的字母", "search")  # type: ignore[call-arg, arg-type]
        plate = FieldPlate(shown, look, look.px(width_mm), None)
        heights.add(plate.height_px())
        plate.deleteLater()
    assert len(heights) == 1
