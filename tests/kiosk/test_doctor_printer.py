"""`kiosk doctor --printer`: a question to the printer itself."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from struct import pack

import pytest

from kiosk import cli, doctor
from tests.kiosk.printing.escpos_printer import DevicePrinter, Machine, TcpPrinter, Troubles

WELL = {
    "printer-state-reasons": b"none",
    "document-format-supported": b"application/pdf",
    "media-ready": b"iso_a4_210x297mm",
}


@contextmanager
def ipp_printer(changes: dict[str, bytes]) -> Iterator[str]:
    """A printer that answers one kind of question, each time the same: RFC 8010."""
    said = b"".join(
        b"\x44" + pack(">H", len(name)) + name.encode() + pack(">H", len(value)) + value
        for name, value in {**WELL, **changes}.items()
    )
    answer = b"\x02\x00" + b"\x00\x00" + pack(">I", 1) + b"\x04" + said + b"\x03"

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words: object) -> None:
            """It is quiet."""

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"ipp://127.0.0.1:{server.server_port}/ipp/print"
        server.shutdown()
        thread.join()


TCP = '[printer]\nkind = "tcp"\nhost = "127.0.0.1"\nport = {}\n'


def asked(folder: Path, settings: str) -> tuple[int, dict[str, str]]:
    """The exit code, and the lines by their names."""
    (folder / "kiosk.toml").write_text(settings, "utf-8")
    out = io.StringIO()
    code = doctor.ask_printer(folder, out)
    return code, dict(line.split(": ", 1) for line in out.getvalue().splitlines())


def asked_of(folder: Path, machine: Machine, more: str = "") -> tuple[int, dict[str, str]]:
    with TcpPrinter(machine).running() as printer:
        return asked(folder, TCP.format(printer.port) + more)


def test_a_printer_that_is_well_is_ready_and_has_a_name(tmp_path: Path) -> None:
    code, said = asked_of(tmp_path, Machine(), 'model = "epson-tm-t20"')
    assert code == 0
    assert said["answers"] == "TM-T82III"
    assert said["state"] == "ready"


def test_another_model_than_the_settings_say_is_named(tmp_path: Path) -> None:
    _, said = asked_of(tmp_path, Machine())
    assert said["answers"] == "TM-T82III; set printer.model to epson-tm-t20"


def test_a_roll_that_ends_soon_is_said_and_still_ready(tmp_path: Path) -> None:
    code, said = asked_of(tmp_path, Machine(Troubles(near_end=True), name=b""))
    assert code == 0
    assert said["answers"] == "yes, without a name"
    assert said["state"] == "ready, the roll ends soon"


def test_a_fault_is_named_and_ends_with_one(tmp_path: Path) -> None:
    code, said = asked_of(tmp_path, Machine(paper_out=True))
    assert code == 1
    assert said["state"] == "NOT WELL: no paper"


def test_a_mute_printer_may_be_well(tmp_path: Path) -> None:
    code, said = asked_of(tmp_path, Machine(Troubles(never_answers=True)))
    assert code == 0
    assert said["answers"] == "nothing: the citizen is asked whether a slip came out"
    assert said["state"] == "not known"


def test_nobody_there_is_said(tmp_path: Path) -> None:
    code, said = asked(tmp_path, '[printer]\nkind = "usb"\ndevice = "/dev/usb/there-is-none"')
    assert code == 1
    assert said["answers"] == "nobody"
    assert said["state"].startswith("NOT WELL: nobody is there")


def test_a_serial_line_is_asked_too(tmp_path: Path) -> None:
    with DevicePrinter(Machine()).running() as printer:
        settings = f'[printer]\nkind = "serial"\ndevice = "{printer.device}"'
        code, said = asked(tmp_path, settings)
    assert code == 0
    assert said["printer"].startswith(f"{printer.device} at 115200 baud, generic-80")


def test_a_folder_is_ready(tmp_path: Path) -> None:
    code, said = asked(tmp_path, "")
    assert code == 0
    assert set(said) == {"printer", "state"}


@pytest.mark.parametrize(
    ("said_by_it", "state", "code"),
    [
        ({}, "ready", 0),
        ({"printer-state-reasons": b"media-low-warning"}, "ready, a tray ends soon", 0),
        ({"printer-state-reasons": b"media-empty-error"}, "NOT WELL: no A4: fill the tray", 1),
        ({"document-format-supported": b"image/jpeg"}, "NOT WELL: it is stopped, lacks toner", 1),
    ],
)
def test_the_printer_of_sheets_is_asked_too(
    tmp_path: Path, said_by_it: dict[str, bytes], state: str, code: int
) -> None:
    with ipp_printer(said_by_it) as uri:
        ended, said = asked(tmp_path, f'[sheets]\nkind = "ipp"\nuri = "{uri}"\n')
    assert said["sheets"] == uri
    assert said["state of sheets"].startswith(state)
    assert (said["state"], ended) == ("ready", code)


def test_sheets_that_nobody_prints_are_not_well_and_say_where_to_look(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        uri = f"ipp://127.0.0.1:{unused.getsockname()[1]}/ipp/print"
        code, said = asked(tmp_path, f'[sheets]\nkind = "ipp"\nuri = "{uri}"\n')
    assert code == 1
    assert said["state of sheets"].startswith("NOT WELL: nobody answers: sheets.uri")


def test_sheets_in_a_folder_are_ready(tmp_path: Path) -> None:
    code, said = asked(tmp_path, '[sheets]\nkind = "folder"\n')
    assert (code, said["sheets"], said["state of sheets"]) == (0, "PDF folder", "ready")


def test_wrong_settings_are_said_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kiosk.toml").write_text('printer.model = "abacus"', "utf-8")
    assert cli.main(["doctor", "--printer", "--data", str(tmp_path)]) == 1
    assert "printer: NOT WELL" in capsys.readouterr().out
