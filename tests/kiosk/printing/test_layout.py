"""Where things stand on the paper, in dots."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF

from kiosk.core.catalog import NeededMaterial
from kiosk.core.slips.block import Code, Role, Ruler, Slip, Tick, Words, lines_of
from kiosk.core.value import replace
from kiosk.printing.layout import LARGE, LEAST, NORMAL, WIDTH_58MM, WIDTH_80MM, lay_out
from kiosk.printing.page import FAMILY, Bar, Box, Glyphs, Matrix, Page, font_of
from tests.core.small_city import (
    ELSEWHERE,
    HALLS,
    LOST_CARD,
    MATERIALS,
    SPARSE,
    SmallCity,
    make_code,
    make_slip,
    text,
)

T = TypeVar("T")
SLIPS: dict[str, Callable[[], Slip]] = {
    "full": make_slip,
    "elsewhere": lambda: make_slip(hall=HALLS[1]),
    "sparse": lambda: make_slip(SPARSE),
    "outside": lambda: make_slip(ELSEWHERE),
    "english": lambda: make_slip(language="en"),
}
both_sizes = pytest.mark.parametrize("scale", [NORMAL, LARGE])
all_slips = pytest.mark.parametrize("name", SLIPS)


def of(page: Page, sort: type[T]) -> list[T]:
    return [mark for mark in page.marks if isinstance(mark, sort)]


def letters(text: str) -> str:
    return "".join(text.split()).replace("—", "–")


def ink_of(mark: Glyphs) -> float:
    return QFontMetricsF(font_of(mark.size, bold=mark.bold)).horizontalAdvance(mark.text)


def test_the_typeface_is_the_one_that_was_measured() -> None:
    assert QFontInfo(font_of(34, bold=False)).family() == FAMILY
    assert QFontInfo(font_of(34, bold=True)).bold()


@both_sizes
@all_slips
def test_every_word_of_the_slip_is_on_the_page_in_order(name: str, scale: float) -> None:
    slip = SLIPS[name]()
    page = lay_out(slip, WIDTH_80MM, scale)
    on_paper = letters("".join(mark.text for mark in of(page, Glyphs)))
    at = 0
    for line in lines_of(slip):
        words = letters(re.sub(r"^\d\. ", "", line))  # numbers stand in a column of their own
        assert words in on_paper[at:]
        at = on_paper.index(words, at)


@both_sizes
@all_slips
def test_nothing_leaves_the_paper_and_nothing_is_smaller_than_12_points(
    name: str, scale: float
) -> None:
    page = lay_out(SLIPS[name](), WIDTH_80MM, scale)
    for mark in of(page, Glyphs):
        assert mark.x >= 0
        assert mark.x + ink_of(mark) <= page.width
        assert mark.size >= 33  # 12 pt at 203 dpi
        assert mark.size < mark.y < page.height - mark.size * 0.12


def test_large_print_is_at_least_16_points() -> None:
    page = lay_out(make_slip(), WIDTH_80MM, LARGE)
    shrunk = {block.text for block in make_slip().blocks if _is_whole(block)}
    assert all(mark.size >= 44 for mark in of(page, Glyphs) if mark.text not in shrunk)


@both_sizes
@all_slips
def test_lines_do_not_touch(name: str, scale: float) -> None:
    page = lay_out(SLIPS[name](), WIDTH_80MM, scale)
    rows = sorted({(mark.y, mark.size) for mark in of(page, Glyphs)})
    for (above, _), (below, size) in pairwise(rows):
        side_by_side = below - above < size / 2  # a number or a count beside its line
        assert side_by_side or below - above >= 1.05 * size


@pytest.mark.parametrize("width", [WIDTH_58MM, WIDTH_80MM])
@both_sizes
def test_numbers_and_domains_are_never_broken(width: int, scale: float) -> None:
    slip = make_slip(hall=HALLS[1])
    drawn = [mark.text for mark in of(lay_out(slip, width, scale), Glyphs)]
    for whole in ("12345", "13003-2", "0990-8123456", "12389", "zwfw.yc.example", "5643"):
        assert any(text.endswith(whole) for text in drawn)


def _is_whole(block: object) -> bool:
    return isinstance(block, Words) and block.role in (Role.CALL, Role.EXACT)


def test_a_number_stays_beside_its_label_where_it_need_not_get_small_for_that() -> None:
    drawn = {mark.text for mark in of(lay_out(make_slip(hall=HALLS[1]), WIDTH_80MM), Glyphs)}
    assert {"接通后报短号 13003-2", "大厅电话 0990-8123456"} <= drawn


def test_a_long_domain_shrinks_to_ten_points_and_then_breaks_after_a_dot() -> None:
    def drawn(host: str) -> list[Glyphs]:
        page = lay_out(make_slip(code=replace(make_code(), host=host)))
        return [mark for mark in of(page, Glyphs) if mark.text and mark.text in host]

    (shrunk,) = drawn("zwfw.a-name-of-a-district.gov.cn")
    assert LEAST <= shrunk.size < 38
    first, second = drawn("zhengwufuwu.a-very-long-name-of-a-district.yunchuan.gov.cn")
    assert first.size == second.size == LEAST
    assert first.text[-1] in ".-"
    assert max(map(ink_of, (first, second))) <= WIDTH_80MM


@pytest.mark.parametrize("width", [384, WIDTH_80MM])
@both_sizes
def test_the_code_has_whole_dots_and_four_white_modules_around(width: int, scale: float) -> None:
    page = lay_out(make_slip(), width, scale)
    (code,) = of(page, Matrix)
    side, quiet = len(code.modules) * code.dots, 4 * code.dots
    assert code.dots == 8
    assert code.x >= quiet
    assert code.x + side + quiet <= width
    assert abs((width - side) / 2 - code.x) <= 1
    for mark in of(page, Glyphs):
        below = mark.y - mark.size >= code.y + side + quiet - mark.size * 0.2
        assert below or mark.y + 0.12 * mark.size <= code.y - quiet


def test_a_larger_symbol_gets_smaller_modules_rather_than_no_quiet_zone() -> None:
    modules = tuple((True,) * 69 for _ in range(69))
    slip = Slip(1, 1, "zh", (Code(modules),))
    (code,) = of(lay_out(slip), Matrix)
    assert code.dots == 7
    assert code.x >= 4 * 7


def test_every_paper_has_a_box_beside_its_name() -> None:
    page = lay_out(make_slip())
    boxes = of(page, Box)
    names = [block.text for block in make_slip().blocks if isinstance(block, Tick)]
    assert len(boxes) == len(names) == 2
    for box, name in zip(boxes, names, strict=True):
        mark = next(mark for mark in of(page, Glyphs) if mark.text == name)
        assert mark.x > box.x + box.side
        assert mark.y - mark.size < box.y < box.y + box.side < mark.y + 0.2 * mark.size


def test_how_many_stands_beside_the_name_where_there_is_room() -> None:
    page = lay_out(make_slip())
    by_text = {mark.text: mark for mark in of(page, Glyphs)}
    assert by_text["原件 1 份"].y == by_text["申请表"].y
    household_book, *others = MATERIALS
    long = replace(household_book, name=text("医院盖章的发票和清单原件"))
    needed = (NeededMaterial(long.id, originals=1, note=text("要原件")),)
    city = SmallCity((long, *others))
    slip = make_slip(replace(LOST_CARD, materials=needed), catalog=city)
    below = {mark.text: mark for mark in of(lay_out(slip), Glyphs)}
    assert below["原件 1 份"].x == below["要原件"].x
    assert below["原件 1 份"].y < below["要原件"].y


def test_titles_are_larger_than_places_and_places_than_body() -> None:
    sizes = {mark.text: mark.size for mark in of(lay_out(make_slip()), Glyphs)}
    assert sizes["身份证丢了补办"] >= 58  # 7.2 mm
    assert sizes["2楼 12–15 号窗口"] >= 48  # 6 mm
    assert sizes["12345"] >= 45  # 5.6 mm
    assert sizes["户籍和身份证"] == 34


def test_parts_are_divided_by_rules() -> None:
    assert len(of(lay_out(make_slip()), Bar)) == 7


def test_a_sparse_slip_is_shorter_and_a_large_one_longer() -> None:
    normal = lay_out(make_slip()).height
    assert lay_out(make_slip(SPARSE)).height < normal < lay_out(make_slip(), scale=LARGE).height
    assert lay_out(make_slip(LOST_CARD)) == lay_out(make_slip(LOST_CARD))


@both_sizes
def test_a_ruler_is_as_long_as_it_says(scale: float) -> None:
    bars = of(lay_out(Slip(1, 1, "zh", (Ruler(10),)), scale=scale), Bar)
    left, right = min(bar.x for bar in bars), max(bar.x + bar.width for bar in bars)
    assert right - left == 80


def test_two_codes_on_a_slip_keep_their_quiet_zones() -> None:
    page = lay_out(make_slip(resume=make_code("https://zwfw.yc.example/c/" + "1" * 590)))
    first, second = of(page, Matrix)
    assert second.y >= first.y + (len(first.modules) + 8) * first.dots
    for code in (first, second):
        assert code.dots >= 6
        assert code.x >= 4 * code.dots
        assert code.x + (len(code.modules) + 4) * code.dots <= WIDTH_80MM
