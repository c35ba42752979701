"""Every requirement has a row, every measure a requirement, and every proof exists."""

from __future__ import annotations

import re
from pathlib import Path

from access import measure, requirements
from access.requirements import Checked, Measured, Missing, Proved

ROOT = Path(__file__).resolve().parents[2]
COUNTS = {"VIS": 15, "TCH": 12, "KEY": 11, "AUD": 15, "SES": 9, "UX": 17, "PHY": 7}
_ID = re.compile(rf'"((?:{"|".join(COUNTS)})-\d\d)"')


def test_no_requirement_is_forgotten() -> None:
    wanted = {f"{kind}-{n:02d}" for kind, count in COUNTS.items() for n in range(1, count + 1)}
    assert set(requirements.ALL) == wanted
    assert sum(map(len, requirements.SECTIONS.values())) == len(wanted)


def test_each_says_what_is_needed_and_where_that_comes_from() -> None:
    for one in requirements.ALL.values():
        assert one.words
        assert one.number
        assert one.source


def test_what_is_measured_is_what_the_measures_name() -> None:
    folder = Path(measure.__file__).parent
    texts = [file.read_text("utf-8") for file in folder.glob("*.py")]
    named = {need for text in texts for need in _ID.findall(text)}
    measured = {one.id for one in requirements.ALL.values() if isinstance(one.proof, Measured)}
    assert named == measured


def test_the_tests_that_prove_a_requirement_exist() -> None:
    missing = {
        f"{one.id}: {file}"
        for one in requirements.ALL.values()
        if isinstance(one.proof, Proved)
        for file in one.proof.files
        if not (ROOT / file).is_file()
    }
    assert not missing, "\n".join(sorted(missing))
    named = {
        file for one in requirements.ALL.values() for file in re.findall(r"tests/\S+py", one.also)
    }
    assert {file for file in named if not (ROOT / file).is_file()} == set()


def test_what_is_not_automated_says_why() -> None:
    for one in requirements.ALL.values():
        if isinstance(one.proof, Checked | Missing):
            assert len(one.proof.why) > 15, one.id
