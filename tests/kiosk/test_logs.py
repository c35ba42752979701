"""The staff log: closed words, one line each, bounded, and nothing about a citizen."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import logs
from kiosk.logs import Event, say

logger = logging.getLogger("kiosk.test")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder into which everything is logged."""
    root = logging.getLogger("kiosk")
    level = root.level
    writer = logs.Writer(tmp_path / "logs")
    writer.open()
    yield tmp_path / "logs"
    writer.close()
    root.setLevel(level)


def lines(folder: Path) -> list[dict[str, object]]:
    text = (folder / "kiosk.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_an_event_is_one_line_of_json_with_its_facts(folder: Path) -> None:
    say(logger, Event.SYNC_UPDATED, version=7)
    (line,) = lines(folder)
    time = line.pop("time")
    assert line == {
        "level": "info",
        "logger": "kiosk.test",
        "event": "sync-updated",
        "version": 7,
    }
    assert str(time).endswith("+00:00")


def test_chinese_is_written_as_it_is_and_line_feeds_stay_in_their_line(folder: Path) -> None:
    say(logger, Event.SYNC_FAILED, reason="磁盘\n满了")
    assert "磁盘" in (folder / "kiosk.jsonl").read_text("utf-8")
    assert lines(folder)[0]["reason"] == "磁盘\n满了"


@pytest.mark.logs("crashed")
def test_a_crash_is_logged_with_its_trace(folder: Path) -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        logger.critical(Event.CRASHED.value, exc_info=True)
    (line,) = lines(folder)
    assert line["level"] == "critical"
    assert "test_a_crash_is_logged" in str(line["trace"])
    assert "ValueError: broken" not in str(line["trace"]), "an error's words may be a citizen's"


@pytest.mark.parametrize("fact", [Path("/x"), {1, 2}, ValueError("no"), b"bytes"])
def test_a_fact_of_any_kind_does_not_stop_the_log(folder: Path, fact: object) -> None:
    say(logger, Event.SYNC_FAILED, reason=fact)
    assert lines(folder)[0]["event"] == "sync-failed"


def test_the_log_is_bounded(folder: Path) -> None:
    for _ in range(50):
        say(logger, Event.SYNC_FAILED, reason="x" * 100_000)
    files = list(folder.iterdir())
    assert 1 < len(files) <= 4
    assert sum(file.stat().st_size for file in files) < 5_000_000


@pytest.mark.logs("log-lost")
def test_a_folder_that_cannot_be_written_leaves_the_kiosk_running(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file stands in the way")
    writer = logs.Writer(tmp_path / "logs")
    writer.open()
    say(logger, Event.SYNC_UPDATED, version=7)
    writer.close()


def test_a_closed_log_is_written_no_more(tmp_path: Path) -> None:
    root = logging.getLogger("kiosk")
    level, handlers = root.level, list(root.handlers)
    writer = logs.Writer(tmp_path)
    writer.open()
    writer.close()
    writer.close()
    say(logger, Event.SYNC_UPDATED, version=7)
    assert lines(tmp_path) == []
    assert root.handlers == handlers
    root.setLevel(level)


def test_the_words_of_the_log_are_few_and_plain() -> None:
    assert all(event.value.replace("-", "").isalpha() for event in Event)
    assert len(Event) < 25
