"""`kiosk doctor --printer`: a question to the printer itself."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kiosk import cli, doctor
from tests.kiosk.printing.escpos_printer import DevicePrinter, Machine, TcpPrinter, Troubles

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


def test_wrong_settings_are_said_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kiosk.toml").write_text('printer.model = "abacus"', "utf-8")
    assert cli.main(["doctor", "--printer", "--data", str(tmp_path)]) == 1
    assert "printer: NOT WELL" in capsys.readouterr().out
