"""A healthy receipt printer on the loopback that says when the bytes of each slip came.

It is tests/kiosk/printing/escpos_printer.py behind a socket, with paper so fast that nobody waits
for it. It prints a line for its port, then one for each slip: seconds of the monotonic clock at the
first byte of the connection (a question how the printer is) and at the first raster. It ends when
its standard input does.
"""

import sys
import time

from tests.kiosk.printing.escpos_printer import Machine, TcpPrinter

RASTER = b"\x1dv0"
SPEED_MM_S = 50_000.0


class Watch(Machine):
    """A printer that notes when bytes come."""

    printer: TcpPrinter | None = None
    connection = 0
    first_s = 0.0
    tail = b""
    has_told = True

    def receive(self, data: bytes) -> int:
        if data and self.printer is not None:
            self.note(data, self.printer.connections)
        return super().receive(data)

    def note(self, data: bytes, connection: int) -> None:
        now = time.monotonic()
        if connection != self.connection:
            self.connection, self.first_s, self.tail, self.has_told = connection, now, b"", False
        self.tail = self.tail[-len(RASTER) :] + data
        if not self.has_told and RASTER in self.tail:
            self.has_told = True
            print(f"{self.first_s} {now}", flush=True)


def main() -> None:
    machine = Watch(speed_mm_s=SPEED_MM_S)
    machine.printer = TcpPrinter(machine)
    with machine.printer.running():
        print(machine.printer.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
