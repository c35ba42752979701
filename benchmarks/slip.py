"""A slip from its words to the printer's bytes, and its QR code: the cost before any paper."""

import os
import statistics
import time
from collections.abc import Callable

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QGuiApplication

from kiosk.printing.layout import LARGE, NORMAL, WIDTH_80MM, lay_out
from kiosk.printing.page import DOTS_PER_MM
from kiosk.printing.pdf import pdf_of
from kiosk.printing.raster import bitmap_of, strips_of
from tests.core.small_city import make_code, make_slip

ROUNDS = 50


def report(name: str, work: Callable[[], object]) -> None:
    """Median and 99th percentile; the first round loads fonts and is not counted."""
    work()
    spent_ms = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        spent_ms.append((time.perf_counter() - started) * 1000)
    print(f"{name}_p50 {statistics.median(spent_ms):.1f} ms")
    print(f"{name}_p99 {sorted(spent_ms)[int(ROUNDS * 0.99)]:.1f} ms")


def main() -> None:
    application = QGuiApplication(["slip"])
    code = make_code()
    slip = make_slip(code=code)
    page = lay_out(slip)
    report("qr", make_code)
    report("slip_compose", lambda: make_slip(code=code))
    report("slip_layout", lambda: lay_out(slip))
    report("slip_raster", lambda: list(strips_of(bitmap_of(page))))
    report("slip_pdf", lambda: pdf_of(page, "slip-27"))
    print(f"slip_bytes {sum(len(strip.command) for strip in strips_of(bitmap_of(page)))} bytes")
    for name, scale in (("normal", NORMAL), ("large", LARGE)):
        print(f"slip_{name} {lay_out(slip, WIDTH_80MM, scale).height // DOTS_PER_MM} mm")
    application.quit()


if __name__ == "__main__":
    main()
