"""A whole hall for a test: hub, kit and kiosk as real processes and folders on the loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "resources" / "catalog"
COLLECTION = "990100"
_PATIENCE_S = 60


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Hall:
    """Folders and the address of one hub with one kiosk."""

    folder: Path
    port: int

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def hub_data(self) -> Path:
        return self.folder / "hub"

    @property
    def kit(self) -> Path:
        return self.folder / "kit"

    @property
    def kiosk_data(self) -> Path:
        return self.folder / "kiosk"

    def hub(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a hub command to its end."""
        return _run("hub", *arguments)

    def kiosk(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a kiosk command to its end."""
        return _run("kiosk", *arguments, "--data", str(self.kiosk_data))

    def found(self, source: Path = CATALOG, *publish: str) -> None:
        """Keys, first edition, kit and enrolled kiosk."""
        data = ("--data", str(self.hub_data))
        _good(self.hub("init", str(self.hub_data), "--collection", COLLECTION))
        _good(self.hub("publish", str(source), *data, *publish))

    def enrol(self, hall: str = "city-hall") -> None:
        """An installation kit, and a kiosk that took it."""
        data = ("--data", str(self.hub_data), "--hall", hall, "--kiosk", "1")
        _good(self.hub("enrol", *data, "--base-url", self.base_url, "--out", str(self.kit)))
        _good(self.kiosk("enrol", str(self.kit)))
        self.set_up()

    def set_up(self, settings: str = "") -> None:
        """Write the kiosk's settings; it has no sound."""
        file = self.kiosk_data / "kiosk.toml"
        file.write_text(f'[voice]\nkind = "none"\n{settings}', "utf-8")

    @contextmanager
    def serving(self) -> Iterator[None]:
        """`hub serve` answers while this lasts."""
        command = [sys.executable, "-m", "hub", "serve", "--data", str(self.hub_data)]
        process = subprocess.Popen(
            [*command, "--port", str(self.port)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        try:
            assert process.stdout.readline(), "the hub did not start"
            yield
        finally:
            process.terminate()
            process.wait(_PATIENCE_S)
            process.stdout.close()


def _run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=_PATIENCE_S,
        check=False,
    )


def _good(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr
