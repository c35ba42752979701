"""Bulletins: they point to what is there, and hold for some time."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.hub.authoring.small_source import found, write

FILE = "news.yaml"
BULLETIN = """\
    bulletins:
      - id: closed
        title: 停办 | Closed
        text: 下周再来 | Come next week
        valid_from: 2026-11-22T08:00+08:00
        valid_to: 2026-11-29T08:00+08:00
        halls: [hall]
        services: [passport]
        hides: [passport]
    """


@pytest.fixture
def news(folder: Path) -> Path:
    (folder / FILE).write_text(dedent(BULLETIN), "utf-8")
    return folder


def test_a_bulletin_about_what_is_there_is_fine(news: Path) -> None:
    assert found(news) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ("halls: [hall]", "halls: [hall, hole]", 7, "halls[1]", "there is no hall/hole"),
        ("services: [passport]", "services: [visa]", 8, "services[0]", "there is no service/visa"),
        ("hides: [passport]", "hides: [visa]", 9, "hides[0]", "there is no service/visa"),
        ("11-29T08", "11-22T08", 6, "valid_to", "not later than valid_from, 2026-11-22T08:00"),
        # the same clock, but eight hours apart
        ("2026-11-29T08:00+08:00", "2026-11-22T00:00Z", 6, "valid_to", "not later"),
        ("2026-11-22T08:00", "2026-02-30T08:00", 5, "valid_from", "no clock shows 2026-02-30"),
        ("2026-11-29T08:00", "2026-11-29T24:30", 6, "valid_to", "no clock shows"),
    ],
)
def test_what_is_wrong_with_a_bulletin_is_named_with_its_place(
    news: Path, old: str, new: str, line: int, field: str, says: str
) -> None:
    file = write(news, old, new, FILE)
    (finding,) = found(news)
    assert finding.severity == "error"
    assert (finding.place.file, finding.place.line, finding.field) == (file, line, field)
    assert says in finding.message


def test_moments_are_compared_across_time_zones(news: Path) -> None:
    write(news, "2026-11-29T08:00+08:00", "2026-11-22T00:01Z", FILE)
    assert found(news) == []
