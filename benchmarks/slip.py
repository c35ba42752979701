"""A slip from its words to the printer's bytes, and its QR code: the cost before any paper.

`slip_whole` is all of it as the desk does it for one slip: token, code, words, places, dots, bytes.
Beside our code stand the library's own, which tries its masks one after another, and zxing's writer
in C++.
Milliseconds of a thread's own time are those of an idle machine, whatever else runs on it.
"""

import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import qrcode
import zxingcpp
from PySide6.QtGui import QGuiApplication
from qrcode.constants import ERROR_CORRECT_Q

from kiosk.core.choices import Choices
from kiosk.printing.layout import LARGE, NORMAL, WIDTH_80MM, lay_out
from kiosk.printing.page import DOTS_PER_MM
from kiosk.printing.pdf import pdf_of
from kiosk.printing.raster import bitmap_of, strips_of
from kiosk.store.enrolment import Enrolment, PlaceNumbers
from kiosk.store.handoff_desk import HandoffDesk
from kiosk.store.qr_symbol import modules_of
from tests.core.small_city import URL, make_code, make_slip

ROUNDS = 100
ITEM = 13003


def report(name: str, work: Callable[[], object]) -> float:
    """Median and 99th percentile, by the clock and of this thread; answers the thread's median.

    The first round loads fonts and is not counted.
    """
    work()
    spent_ms, own_ms = [], []
    for _ in range(ROUNDS):
        started, own = time.perf_counter(), time.thread_time()
        work()
        spent_ms.append((time.perf_counter() - started) * 1000)
        own_ms.append((time.thread_time() - own) * 1000)
    print(f"{name}_p50 {statistics.median(spent_ms):.1f} ms")
    print(f"{name}_p99 {sorted(spent_ms)[int(ROUNDS * 0.99)]:.1f} ms")
    print(f"{name}_own_p50 {statistics.median(own_ms):.1f} ms")
    print(f"{name}_own_p99 {sorted(own_ms)[int(ROUNDS * 0.99)]:.1f} ms")
    return statistics.median(own_ms)


def codes() -> None:
    """Our code beside two others that make the same symbol."""
    ours = report("qr", lambda: modules_of(URL, ERROR_CORRECT_Q))
    library = report("qr_by_library", _by_library)
    other = report("qr_by_zxing", _by_zxing)
    print(f"qr_faster_than_library {library / ours:.1f} times")
    print(f"qr_slower_than_zxing {ours / other:.1f} times")


def _by_library() -> object:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    code.add_data(URL, optimize=4)
    return code.get_matrix()


def _by_zxing() -> object:
    code = zxingcpp.create_barcode(URL, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    return code.to_image(scale=1, add_quiet_zones=False)


def desk() -> HandoffDesk:
    """A kiosk's own, with a key."""
    who = Enrolment(
        repository="",
        handoff_prefix="https://zwfw.yc.example/k/",
        collection="990100",
        hall="city-hall",
        place=PlaceNumbers(990100, 1, 1),
        epoch=1,
        key="11" * 32,
    )
    return HandoffDesk(who, lambda: datetime.now(UTC))


def whole(codes_of: HandoffDesk) -> int:
    """One slip from nothing to bytes; the code for the screen is made with it."""
    _screen, paper = codes_of.make(ITEM, 1, Choices())
    page = lay_out(make_slip(code=paper))
    return sum(len(strip.command) for strip in strips_of(bitmap_of(page)))


def main() -> None:
    application = QGuiApplication(["slip"])
    code, codes_of = make_code(), desk()
    slip = make_slip(code=code)
    page = lay_out(slip)
    codes()
    report("slip_compose", lambda: make_slip(code=code))
    report("slip_layout", lambda: lay_out(slip))
    report("slip_raster", lambda: list(strips_of(bitmap_of(page))))
    report("slip_whole", lambda: whole(codes_of))
    report("slip_pdf", lambda: pdf_of(page, "slip-27"))
    print(f"slip_bytes {sum(len(strip.command) for strip in strips_of(bitmap_of(page)))} bytes")
    for name, scale in (("normal", NORMAL), ("large", LARGE)):
        print(f"slip_{name} {lay_out(slip, WIDTH_80MM, scale).height // DOTS_PER_MM} mm")
    application.quit()


if __name__ == "__main__":
    main()
