"""Makes of printers, and the lines that they hang on."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import assets
from kiosk.app import Kiosk
from kiosk.config import BAUDS, Printer
from kiosk.core.errors import ConfigError
from kiosk.core.printing import ROWS_PER_MM, FailedBefore, Fault
from kiosk.printing import models
from kiosk.printing.escpos import EscposPrinter
from kiosk.printing.folder import FolderPrinter
from kiosk.printing.layout import LARGE, lay_out
from kiosk.printing.page import Page
from kiosk.printing.raster import bitmap_of, strips_of
from kiosk.printing.roll import roll_printer, serial_patience, serial_strip_rows
from kiosk.printing.status import Asked, Status
from tests.core.small_city import make_slip
from tests.kiosk.printing.escpos_printer import GENERIC, NARROW

SUPPORTED = [name for name in models.names() if name != "epson-tm-t88"]


@pytest.mark.parametrize("name", SUPPORTED)
def test_what_a_model_says_fits_together(name: str) -> None:
    model = models.model_of(Printer(model=name))
    assert model.dots % 8 == 0
    assert model.dots / ROWS_PER_MM < model.paper_mm
    assert 8 <= model.strip_rows <= 128
    assert model.cut_command or model.feed_rows  # else the last line stays inside
    assert all(models.recognised(f"{one}X") == name for one in model.answers_as)


def test_large_print_needs_the_wide_roll() -> None:
    assert GENERIC.prints_large
    assert not NARROW.prints_large


def test_a_name_that_nobody_knows_is_recognised_as_nothing() -> None:
    assert models.recognised("LaserJet") == models.recognised("") == ""


def test_a_model_of_another_resolution_is_refused_with_the_reason() -> None:
    with pytest.raises(ConfigError, match=r"k\.toml: printer\.model: epson-tm-t88 has 180 dpi"):
        models.model_of(Printer(model="epson-tm-t88"), Path("k.toml"))


def test_an_unknown_model_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(ConfigError, match=r"printer\.model: there is no abacus; .*generic-80"):
        models.model_of(Printer(model="abacus"))


@pytest.mark.parametrize("content", ["", "dots = ", "colour = 1"])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    usual = (assets.PRINTERS / "generic-80.toml").read_text("utf-8") if "colour" in content else ""
    (tmp_path / "mine.toml").write_text(usual + content, "utf-8")
    with pytest.raises(ConfigError, match=r"mine\.toml: is no model of a printer"):
        models.model_of(Printer(model="mine"), folder=tmp_path)


# lines ----------------------------------------------------------------------------------------


def test_a_folder_is_always_ready_and_as_wide_as_its_model(tmp_path: Path) -> None:
    printer = roll_printer(Printer(model="generic-58"), tmp_path / "slips")
    assert isinstance(printer, FolderPrinter)
    assert printer.width == 384
    assert printer.ask() == Asked(Status())
    assert (tmp_path / "slips").is_dir()


@pytest.mark.parametrize(
    "settings",
    [
        Printer("tcp", host="127.0.0.1", port=1),
        Printer("usb", device="/dev/usb/there-is-none"),
        Printer("serial", device="/dev/there-is-none"),
    ],
)
def test_a_printer_is_opened_where_the_settings_say(settings: Printer, tmp_path: Path) -> None:
    printer = roll_printer(settings, tmp_path / "slips", half_slip=True)
    assert isinstance(printer, EscposPrinter)
    assert printer.half_slip
    assert printer.width == 576
    assert printer.ask() == Asked(Status(Fault.NOT_THERE))
    assert printer.print(Page(576, 8, ()), 1) == FailedBefore(Fault.NOT_THERE)
    assert not (tmp_path / "slips").exists()


@pytest.mark.parametrize("baud", BAUDS)
@pytest.mark.parametrize("model", [GENERIC, NARROW])
def test_a_strip_is_on_a_serial_line_for_half_a_second_at_most(
    baud: int, model: models.Model
) -> None:
    rows = serial_strip_rows(baud, model)
    assert 8 <= rows <= model.strip_rows
    assert rows * model.dots // 8 / (baud / 10) <= 0.5
    assert serial_patience(baud).beat_s < 1.5


@pytest.mark.parametrize("baud", BAUDS)
def test_a_whole_slip_has_time_on_a_serial_line(baud: int) -> None:
    strips = strips_of(bitmap_of(lay_out(make_slip(), 576, LARGE)))
    wire_s = sum(len(strip.command) for strip in strips) / (baud / 10)
    assert wire_s + 10 < serial_patience(baud).slip_s


def test_a_kiosk_with_a_printer_that_is_not_supported_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text('printer.model = "epson-tm-t88"', "utf-8")
    with pytest.raises(ConfigError, match=r"kiosk\.toml: printer\.model: .* 203 dpi"):
        Kiosk(tmp_path)
