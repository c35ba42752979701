"""Printers for tests that are not ours: CUPS' own IPP Everywhere printer, and a real print server.

Both run as processes of their own on free ports of the loopback, with all their files in one
temporary folder. `ippeveprinter` hands each job to a command; what that does comes from a file that
a test writes, so that a cover opens or paper ends when the test says so. A sheet that comes out is
a file in `out`: what had been taken and never came out is not there.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from kiosk.core.errors import PrinterError
from kiosk.printing.ipp.client import IppClient
from kiosk.printing.ipp.status import Format

_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"  # where Debian puts them
_START_S = 20.0  # on a machine that is busy with other things
_DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")  # even if nobody gets to say so
_IDLE = 3  # printer-state
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/></policy>
</busconfig>
"""
_COMMAND = """#!/bin/sh
out={folder}/out
print() {{ cp "$1" "$out/$(basename "$1")"; }}
say() {{ echo "STATE: $1" >&2; }}
until_told() {{ touch {folder}/waiting; while [ ! -e {folder}/go ]; do sleep 0.05; done; }}
. {folder}/behave
"""
_CUPSD = """Listen localhost:{port}
LogLevel debug
Browsing Off
DefaultAuthType None
WebInterface No
MaxLogSize 0
DirtyCleanInterval 0
<Location />
Order allow,deny
Allow localhost
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
_FILES = """ServerRoot {folder}
RequestRoot {folder}/requests
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/requests/tmp
DocumentRoot {folder}/doc
AccessLog {folder}/access
ErrorLog {folder}/error
PageLog {folder}/page
"""


def wait_until(holds: Callable[[], bool], limit_s: float = _START_S) -> None:
    """Until it holds, or the test fails."""
    end, never = monotonic() + limit_s, threading.Event()
    while not holds():
        assert monotonic() < end, "it never came true"
        never.wait(0.03)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Process:
    """A program that listens on a port; killed with all it has started."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def run(self, command: list[str], **more: str) -> None:
        folder = str(self.folder)
        surroundings = {**os.environ, "PATH": _PATH, "HOME": folder, "TMPDIR": folder, **more}
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*_DIES_WITH_US, *command],
                env=surroundings,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """As if its plug had been pulled."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


class Bus(_Process):
    """ippeveprinter wants a D-Bus at its start, and then says nothing on it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        path = folder / "bus"
        self.address = f"unix:path={path}"
        (folder / "bus.conf").write_text(_BUS.format(path=path))
        self.run(["dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork"])
        wait_until(path.exists)


class EvePrinter(_Process):
    """A printer."""

    def __init__(self, folder: Path, bus: Bus, formats: str = "application/pdf") -> None:
        super().__init__(folder)
        self._bus, self._formats = bus, formats
        self.out = folder / "out"
        for one in (self.out, folder / "spool"):
            one.mkdir()
        command = folder / "command"
        command.write_text(_COMMAND.format(folder=folder))
        command.chmod(0o755)
        self.behave('print "$1"')
        try:
            self.switch_on()
        except BaseException:
            self.kill()
            raise

    @property
    def uri(self) -> str:
        return f"ipp://localhost:{self.port}/ipp/print"

    def client(self) -> IppClient:
        return IppClient(self.uri, "kiosk-7", ask_s=10)

    def switch_on(self) -> None:
        self.run(
            [
                *("ippeveprinter", "-r", "off", "-k", "-n", "localhost", "-p", str(self.port)),
                *("-d", str(self.folder / "spool"), "-f", self._formats),
                *("-c", str(self.folder / "command"), "A4"),
            ],
            DBUS_SYSTEM_BUS_ADDRESS=self._bus.address,
        )
        wait_until(self._answers)
        self.load(250)

    def switch_off(self) -> None:
        self.kill()

    def behave(self, script: str) -> None:
        """What it does with the next job: `print "$1"`, `say +media-jam`, `until_told`, exit."""
        (self.folder / "behave").write_text(script + "\n")

    def go_on(self) -> None:
        (self.folder / "go").touch()

    @property
    def is_waiting(self) -> bool:
        return (self.folder / "waiting").exists()

    def load(self, sheets: int) -> None:
        """Paper by its own page for people: 0 is none, 5 is little."""
        other = 25 if sheets > 20 else sheets
        trays = f"size1=iso_a4_210x297mm&type1=stationery&level1={sheets}"
        bypass = f"size3=iso_a4_210x297mm&type3=stationery&level3={other}"
        address = f"http://localhost:{self.port}/media?{trays}&{bypass}"
        with urllib.request.urlopen(address, timeout=5) as page:
            page.read()

    def get_into(self, reasons: str) -> None:
        """A state that begins with somebody else's job, of which nothing comes out."""
        self.behave(f"say {reasons}")
        self.print_for_another()
        self.behave('print "$1"')

    def print_for_another(self) -> None:
        """Another machine's job, to its end."""
        another = IppClient(self.uri, "kiosk-9", ask_s=10)
        number = another.create("another")
        another.send(number, b"%PDF-1.4", Format(self._formats))

        def is_over() -> bool:
            job = another.job(number)
            return job is not None and job.state.is_over

        wait_until(is_over)

    def sheets(self) -> list[Path]:
        """What came out."""
        return sorted(self.out.iterdir())

    def jobs_over(self) -> bool:
        state = self.client().printer().get("printer-state", ())
        return state == (_IDLE,)

    def _answers(self) -> bool:
        try:
            return bool(self.client().printer())
        except PrinterError:
            return False


class Cups(_Process):
    """A print server with one queue, which takes everything and passes it on."""

    def __init__(self, folder: Path, device: str) -> None:
        super().__init__(folder)
        for one in ("requests/tmp", "cache", "state", "doc"):
            (folder / one).mkdir(parents=True)
        (folder / "cupsd.conf").write_text(_CUPSD.format(port=self.port))
        (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))
        self.start()
        subprocess.run(
            ["lpadmin", "-h", f"localhost:{self.port}", "-p", "a4", "-E", "-v", device],
            check=True,
            capture_output=True,
            timeout=_START_S,
            env={**os.environ, "PATH": _PATH},
        )

    @property
    def uri(self) -> str:
        return f"ipp://localhost:{self.port}/printers/a4"

    def start(self) -> None:
        self.run(
            [
                *("cupsd", "-f", "-c", str(self.folder / "cupsd.conf")),
                *("-s", str(self.folder / "cups-files.conf")),
            ]
        )
        wait_until(self._listens)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def missing() -> tuple[str, ...]:
    """Programs that `scripts/install --with-tests` brings and that are not here."""
    wanted = ("ippeveprinter", "cupsd", "lpadmin", "dbus-daemon")
    return tuple(one for one in wanted if shutil.which(one, path=_PATH) is None)
