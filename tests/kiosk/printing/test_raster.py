"""From a page to the bytes of a receipt printer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printing.layout import LARGE, NORMAL, WIDTH_80MM, lay_out
from kiosk.printing.page import Bar, Page
from kiosk.printing.raster import Bitmap, Strip, bitmap_of, strips_of
from tests.core.small_city import URL, make_slip
from tests.kiosk.printing.escpos_printer import Machine, image_of


def rows_of(strips: list[Strip]) -> list[bytes]:
    """What a printer at unlimited speed puts on paper."""
    machine = Machine(buffer_bytes=1 << 24, speed_mm_s=1e9)
    data = b"\x1dP\xcb\xcb" + b"".join(strip.command for strip in strips)
    assert machine.receive(data) == len(data)
    machine.work(1)
    assert not machine.garbage
    assert not machine.holds
    return machine.paper


def bitmap(rows: list[bytes]) -> Bitmap:
    return Bitmap(72, tuple(row.ljust(72, b"\0") for row in rows))


def test_black_is_one_and_the_first_dot_is_the_highest_bit() -> None:
    dots = bitmap_of(Page(16, 2, (Bar(0, 0, 1, 1), Bar(9, 1, 7, 1))))
    assert dots == Bitmap(2, (b"\x80\x00", b"\x00\x7f"))


def test_a_width_that_is_no_whole_byte_is_refused() -> None:
    with pytest.raises(ValueError, match="whole bytes"):
        bitmap_of(Page(12, 8, ()))


def test_strips_have_at_most_128_rows_and_no_white_at_their_right() -> None:
    strips = list(strips_of(bitmap([b"\xff\x01"] * 300)))
    assert [strip.rows for strip in strips] == [128, 128, 44]
    assert all(strip.command[:6] == b"\x1dv0\0\x02\0" for strip in strips)


def test_a_printer_with_a_small_buffer_gets_shorter_strips() -> None:
    strips = list(strips_of(bitmap([b"\xff\x01"] * 100), 40))
    assert [strip.rows for strip in strips] == [40, 40, 20]


def test_white_of_eight_rows_is_fed_and_less_is_printed() -> None:
    seven = list(strips_of(bitmap([b"\x01", *[b""] * 7, b"\x01"])))
    eight = list(strips_of(bitmap([b"\x01", *[b""] * 8, b"\x01"])))
    assert [strip.rows for strip in seven] == [9]
    assert [strip.rows for strip in eight] == [1, 8, 1]
    assert eight[1].command == b"\x1bJ\x08"


def test_long_white_is_fed_in_steps_that_fit_a_byte() -> None:
    strips = list(strips_of(bitmap([b""] * 600 + [b"\x01"])))
    assert [strip.rows for strip in strips] == [255, 255, 90, 1]


@pytest.mark.parametrize(("rows", "printed"), [(47, 47), (48, 56), (96, 104), (128, 128)])
def test_heights_that_clones_garble_are_avoided(rows: int, printed: int) -> None:
    (strip,) = strips_of(bitmap([b"\x01"] * rows))
    assert strip.rows == printed
    assert int.from_bytes(strip.command[6:8], "little") == printed


@pytest.mark.parametrize("command", [b"\x10\x04\x01", b"\x10\x05\x02", b"\x10\x14\x08"])
def test_no_image_holds_a_real_time_command(command: bytes) -> None:
    inside = bitmap([b"\x01" + command + b"\x01"])
    across_rows = bitmap([command[:1].rjust(72, b"\1"), command[1:].ljust(72, b"\1")])
    for dots in (inside, across_rows):
        data = b"".join(strip.command for strip in strips_of(dots))
        assert command[:2] not in data
        assert b"\x18" + command[1:] in data


row_lists = st.lists(st.sampled_from([b"", b"\x01", b"\x10\x04", b"\xff" * 72]), max_size=300)


@given(row_lists)
def test_a_printer_puts_the_same_dots_on_paper(rows: list[bytes]) -> None:
    wanted = [row.replace(b"\x10\x04", b"\x18\x04").ljust(72, b"\0") for row in rows]
    printed = rows_of(list(strips_of(bitmap(rows))))
    padding = [at for at, row in enumerate(printed) if row not in wanted[at : at + 1]]
    if not padding:
        assert printed == wanted
    assert _inked(printed) == _inked(wanted)


def _inked(rows: list[bytes]) -> list[bytes]:
    return [row for row in rows if row.strip(b"\0")]


@pytest.mark.parametrize("scale", [NORMAL, LARGE])
@pytest.mark.parametrize("width", [384, WIDTH_80MM])
def test_the_code_on_paper_is_read_and_leads_where_it_should(width: int, scale: float) -> None:
    page = lay_out(make_slip(), width, scale)
    image = image_of(rows_of(list(strips_of(bitmap_of(page)))))
    (read,) = zxingcpp.read_barcodes(image)
    assert read.text == URL
    assert read.format == zxingcpp.BarcodeFormat.QRCode


def test_trimming_saves_a_third_of_the_bytes() -> None:
    page = lay_out(make_slip())
    sent = sum(len(strip.command) for strip in strips_of(bitmap_of(page)))
    assert sent < 0.67 * page.width // 8 * page.height


def test_a_page_is_laid_out_and_drawn_the_same_away_from_the_screens_thread() -> None:
    slip = make_slip()
    with ThreadPoolExecutor(max_workers=1) as executor:
        elsewhere = executor.submit(lambda: bitmap_of(lay_out(slip))).result()
    assert elsewhere == bitmap_of(lay_out(slip))
