"""The kiosk's commands: run, sync, enrol, ruler, doctor, staff, tour.

Knows arguments and exit codes. argparse and late imports, because this is on the way to the first
picture and typer alone would cost a third of it (docs/decisions/0004).
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path

from kiosk.core.errors import ConfigError, KioskError


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 where it did what it says."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.command(chosen))
    except KioskError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="The terminal in the hall.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, words, command in (
        ("run", "open the window", _run),
        ("sync", "fetch the newest catalog; --watch goes on until its parent ends", _sync),
        (
            "enrol",
            "give this kiosk its identity and first catalog from an installation kit",
            _enrol,
        ),
        ("ruler", "measure the panel with a bank card", _ruler),
        ("doctor", "say what state this kiosk is in", _doctor),
        ("staff", "give duties at the desk their PINs and badges", _staff),
        ("tour", "walk the journeys offscreen and leave pictures", _tour),
    ):
        one = commands.add_parser(name, help=words, description=words)
        one.add_argument("--data", type=Path, required=True, help="this kiosk's folder")
        one.set_defaults(command=command)
        if name == "sync":
            one.add_argument("--watch", action="store_true")
        if name == "enrol":
            one.add_argument("kit", type=Path)
        if name == "ruler":
            one.add_argument("--check", action="store_true", help="only say what is known")
        if name == "doctor":
            one.add_argument("--printer", action="store_true", help="ask the printer how it is")
        if name == "staff":
            one.add_argument("deed", choices=("add", "badge", "list", "remove"))
            one.add_argument("name", nargs="?", help="of a duty, not of a person: 导服台 2")
        if name == "tour":
            one.add_argument("--out", type=Path, required=True)
    return parser


def _run(chosen: argparse.Namespace) -> int:
    gc.disable()  # imports leave no rubbish, and looking for it is a tenth of the start

    from kiosk import binding

    binding.unhook_imports()

    from PySide6.QtCore import QTimer

    from kiosk import app, logs
    from kiosk.shell import Watchdog, catch_crashes, only_one, quit_on_signals

    application = app.application()
    app.require_font()
    lock = only_one(chosen.data / "kiosk.lock")
    kiosk = app.Kiosk(chosen.data)
    quit_on_signals(application.quit)
    catch_crashes(kiosk.window.out_of_order)
    watchdog = Watchdog(kiosk)
    log = logs.Writer(chosen.data / "logs")
    QTimer.singleShot(0, kiosk, log.open)  # after the first picture: it imports sockets
    kiosk.start()
    QTimer.singleShot(0, kiosk, _collect_again)
    QTimer.singleShot(0, kiosk, watchdog.ready)
    application.aboutToQuit.connect(kiosk.stop)
    code = application.exec()
    log.close()
    lock.unlock()
    return code


def _collect_again() -> None:
    """From now on rubbish is looked for, but not in what the start has made: that stays."""
    gc.freeze()
    gc.enable()


def _sync(chosen: argparse.Namespace) -> int:
    from kiosk import worker

    return worker.main(chosen.data, watch=chosen.watch)


def _enrol(chosen: argparse.Namespace) -> int:
    from db import token
    from kiosk import worker
    from kiosk.store import enrolment

    who = enrolment.install(chosen.kit, chosen.data)
    for warning in token.prefix_warnings(who.handoff_prefix):
        sys.stderr.write(f"warning: {warning}\n")
    outcome = worker.sync_from_kit(chosen.kit, chosen.data)
    sys.stdout.write(f"enrolled in {who.hall}, {outcome}\n")
    return 0


def _ruler(chosen: argparse.Namespace) -> int:
    from kiosk import ruler

    return ruler.main(chosen.data, sys.stdout, check=chosen.check)


def _doctor(chosen: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # it looks at fonts and opens no window
    from kiosk import doctor

    if chosen.printer:
        return doctor.ask_printer(chosen.data, sys.stdout)
    return doctor.report(chosen.data, sys.stdout)


def _staff(chosen: argparse.Namespace) -> int:
    from getpass import getpass

    from kiosk.staffing import Staffing

    if (chosen.name is None) is not (chosen.deed == "list"):
        raise ConfigError(f"kiosk staff {chosen.deed}: name a duty, like 导服台 2; list needs none")
    staffing = Staffing(chosen.data, sys.stdout, getpass)
    try:
        if chosen.deed == "list":
            return staffing.list()
        deeds = {"add": staffing.add, "badge": staffing.badge, "remove": staffing.remove}
        return deeds[chosen.deed](chosen.name)
    finally:
        staffing.close()


def _tour(chosen: argparse.Namespace) -> int:
    from kiosk import tour

    return tour.main(chosen.data, chosen.out)
