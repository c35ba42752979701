"""A desktop without a monitor for one kiosk: X server, bus, window manager, the kiosk, a watcher.

Every process is a real one and stands in one process group, which is ended as a whole.
"""

from __future__ import annotations

import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
WATCHER = Path(__file__).with_name("watcher.py")
SYSTEM_PYTHON = "/usr/bin/python3"  # its bindings of AT-SPI come from the distribution
_PATIENCE_S = 20
_PROGRAMS = {"Xvfb": "xvfb", "dbus-daemon": "dbus", "openbox": "openbox"}
_BUS_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")


def missing_packages() -> list[str]:
    """Names of the Debian packages that would have to be installed first."""
    missing = [package for name, package in _PROGRAMS.items() if shutil.which(name) is None]
    if not any(Path(one).exists() for one in _BUS_LAUNCHERS):
        missing.append("at-spi2-core")
    return missing if _can_import("pyatspi") else [*missing, "python3-pyatspi"]


def _can_import(module: str) -> bool:
    """Whether the distribution's Python has a module."""
    if not Path(SYSTEM_PYTHON).exists():
        return False
    asked = [SYSTEM_PYTHON, "-c", f"import {module}"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


class Watcher:
    """Somebody outside the kiosk who reads what it tells assistive technology."""

    def __init__(self, process: subprocess.Popen[str], log: Callable[[], str]) -> None:
        self._process, self._log = process, log

    def ask(self, command: str, **facts: Any) -> Any:
        """Send one command and wait for its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"command": command, **facts}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(_line(self._process.stdout, "the watcher"))
        assert "error" not in answer, f"{answer['error']}\n{self._log()}"
        return answer["answer"]


class Desktop:
    """What runs, and what its processes must know to find each other."""

    def __init__(self, folder: Path, size: str) -> None:
        self._folder, self._size = folder, size
        self._log = (folder / "desktop.log").open("w")
        self._running: list[subprocess.Popen[str]] = []
        self._group = 0
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700)
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(runtime),
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
        }

    def start(self) -> None:
        """The X server, the bus and the window manager."""
        screen = ("-screen", "0", f"{self._size}x24", "-nolisten", "tcp")
        server = self._run("Xvfb", "-displayfd", "1", *screen)
        self._environment["DISPLAY"] = f":{_line(server.stdout, 'Xvfb').strip()}"
        bus = self._run("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1")
        address = _line(bus.stdout, "dbus-daemon").strip()
        self._environment["DBUS_SESSION_BUS_ADDRESS"] = address
        self._run("openbox", "--sm-disable")

    @contextmanager
    def visitor(self, data_dir: Path) -> Iterator[Watcher]:
        """A kiosk, as in a hall, and somebody at it with assistive technology of their own."""
        kiosk = self._run(
            *(sys.executable, "-m", "kiosk", "run", "--data", str(data_dir)),
            QT_QPA_PLATFORM="xcb",
            QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
        )
        watcher = self._run(SYSTEM_PYTHON, str(WATCHER))
        try:
            yield Watcher(watcher, self.log)
        finally:
            for one in (watcher, kiosk):
                one.terminate()
                _bury(one)
                self._running.remove(one)

    def stop(self) -> None:
        """End everything, also what the bus has started."""
        if self._group:
            for number in (signal.SIGTERM, signal.SIGKILL):
                with suppress(ProcessLookupError):
                    os.killpg(self._group, number)
        for one in reversed(self._running):
            _bury(one)
        self._log.close()

    def log(self) -> str:
        """What the processes said on stderr."""
        return (self._folder / "desktop.log").read_text("utf-8", "replace")

    def _run(self, *command: str, **more: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self._environment | more,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            process_group=self._group,
        )
        self._group = self._group or process.pid
        self._running.append(process)
        return process


@contextmanager
def desktop(folder: Path, size: str) -> Iterator[Desktop]:
    """A desktop while this lasts."""
    made = Desktop(folder, size)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def _bury(process: subprocess.Popen[str]) -> None:
    """Wait for the end of a process that was told to go."""
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(_PATIENCE_S)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def _line(stream: IO[str] | None, who: str) -> str:
    """The next line of a process that must not let us wait for ever."""
    assert stream is not None
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        assert selector.select(_PATIENCE_S), f"{who} says nothing"
    line = stream.readline()
    assert line, f"{who} has ended"
    return line
