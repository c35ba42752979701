"""What one make of receipt printer is like, read from `resources/printers`.

Knows the width of its paper, how it cuts and what it says of itself. Does not know how it is
talked to (`kiosk.printing.escpos`) or which line it hangs on (`kiosk.printing.roll`).

Supported are printers of 203 dpi: a module of the code is a whole number of dots, and a letter as
large as the standards ask for. On 180 dpi everything would come out an eighth too large, on fewer
dots; such a model is refused at the start.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from kiosk import assets
from kiosk.config import SETTINGS, Printer
from kiosk.core.errors import ConfigError
from kiosk.core.printing import ROWS_PER_MM
from kiosk.core.value import Value

DPI = 203
_LARGE_NEEDS_DOTS = 576  # narrower, phone numbers and addresses break


class Model(Value, frozen=True, forbid_unknown_fields=True):
    """A make of printer."""

    paper_mm: int
    dots: int
    dpi: int
    speed_mm_s: float  # at the least
    cut: str  # in hexadecimal; empty where there is no knife
    feed_mm: int  # before the cut, or to the tear bar
    strip_rows: int  # of one image
    pushes: bool  # it may be asked to send its state by itself
    answers: Literal["yes", "no", "unknown"]
    near_end: bool  # what it says of a roll that ends soon is true
    answers_as: tuple[str, ...] = ()

    @property
    def cut_command(self) -> bytes:
        """What cuts; nothing where there is no knife."""
        return bytes.fromhex(self.cut)

    @property
    def feed_rows(self) -> int:
        """From the last row to the knife or the tear bar, as far as the command needs it said."""
        return self.feed_mm * ROWS_PER_MM

    @property
    def prints_large(self) -> bool:
        """Whether large print fits."""
        return self.dots >= _LARGE_NEEDS_DOTS


def names(folder: Path = assets.PRINTERS) -> list[str]:
    """All models there are."""
    return sorted(one.stem for one in folder.glob("*.toml"))


def model_of(
    settings: Printer, file: Path = Path(SETTINGS), folder: Path = assets.PRINTERS
) -> Model:
    """The model that the settings name; `file` is where they stand.

    Raises:
        ConfigError: there is none of that name, or it is not supported.
    """
    known = names(folder)
    if settings.model not in known:
        raise ConfigError(
            f"{file}: printer.model: there is no {settings.model}; known are {', '.join(known)}"
        )
    model = read(folder / f"{settings.model}.toml")
    if model.dpi != DPI:
        raise ConfigError(
            f"{file}: printer.model: {settings.model} has {model.dpi} dpi, and slips are drawn for "
            f"{DPI} dpi: use a printer of {DPI} dpi"
        )
    return model


def recognised(answer: str, folder: Path = assets.PRINTERS) -> str:
    """The model whose name a printer's answer begins with; empty where it is none of ours."""
    for name in names(folder):
        if answer.startswith(read(folder / f"{name}.toml").answers_as):
            return name
    return ""


def read(file: Path) -> Model:
    """A model's file.

    Raises:
        ConfigError: it is damaged.
    """
    import tomllib  # noqa: PLC0415 - 9 ms, and read already where anything is set

    try:
        return msgspec.convert(tomllib.loads(file.read_text("utf-8")), Model)
    except (OSError, ValueError) as error:  # msgspec's are ValueErrors too
        raise ConfigError(f"{file}: is no model of a printer: {error}") from error
