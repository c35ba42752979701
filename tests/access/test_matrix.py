"""Every pair of choices on every screen, measured by the same command that `make access` runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from access import requirements
from access.report import failures
from access.requirements import Measured
from access.tally import Tally

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[2]
MEASURED = [one.id for one in requirements.ALL.values() if isinstance(one.proof, Measured)]
_TOLD = 30


class Walked:
    """What the command said and left."""

    def __init__(self, out: Path) -> None:
        command = [sys.executable, "-m", "access", "--pairwise", "--out", str(out)]
        self.done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        self.last_line = self.done.stdout.splitlines()[-1] if self.done.stdout else ""
        file = out / "tally.json"
        assert file.exists(), self.done.stderr
        self.tally = msgspec.json.decode(file.read_bytes(), type=Tally)
        self.page = (out / "report.md").read_text("utf-8")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    return Walked(tmp_path_factory.mktemp("access"))


@pytest.mark.parametrize("id", MEASURED)
def test_the_requirement_is_met_on_every_screen(walked: Walked, id: str) -> None:
    score = walked.tally.scores.get(id) or walked.tally.figures.get(id)
    assert score is not None, "nobody measured it"
    assert score.checks > 0
    if score.failures and id in walked.tally.scores:  # a figure is told, and never fails
        only = Tally({id: score})
        pytest.fail("\n".join(list(failures(only))[:_TOLD]), pytrace=False)


def test_the_command_ends_with_what_it_found(walked: Walked) -> None:
    tally = walked.tally
    assert walked.last_line == f"checks {tally.checks} failures {tally.failures}"
    assert walked.done.returncode == int(tally.failures > 0)
    assert tally.screens > 1000
    assert walked.page.rstrip().endswith(f"failures {tally.failures:,}")
