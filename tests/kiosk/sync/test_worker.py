"""The worker: when it asks, what it says, and that it goes when its parent does."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import tomllib
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.publish import publication
from kiosk import VERSION, worker
from kiosk.core.errors import ConfigError, HubUnreachableError, NotTrustedError
from kiosk.store.catalog_reader import CatalogReader
from kiosk.sync.cycle import Cycle, SyncOutcome
from kiosk.sync.fetcher import FolderSource
from kiosk.worker import Bell, Lines, Progress, Rhythm
from tests.hub.publish.building import COLLECTION, files_of, make_service, make_source
from tests.hub.publish.recording import START, make_speech, make_wav
from tests.kiosk.sync.machine import NO_INDEX, enrol
from tests.kiosk.sync.serving import serving

ROOT = Path(__file__).parents[3]
GOOD = SyncOutcome("unchanged", 1)
BAD = SyncOutcome("refused", 1, HubUnreachableError("away"))


def publish(repository, summary: str) -> None:
    publication.publish(repository, make_source([make_service(summary=summary)]))


@given(st.floats(0, 1))
def test_kiosks_do_not_ask_in_step_but_about_as_often_as_they_should(chance):
    wait_s = Rhythm(interval_s=60).wait_s(GOOD, 0, lambda: chance)
    assert 48 <= wait_s <= 72


@given(st.integers(1, 100), st.floats(0, 1))
def test_after_failures_the_wait_is_anything_up_to_a_growing_limit(failures, chance):
    wait_s = Rhythm().wait_s(BAD, failures, lambda: chance)
    assert 0 <= wait_s <= min(900, 5 * 2**failures)


def test_the_longest_wait_is_not_shorter_than_the_interval():
    assert Rhythm(interval_s=3600).wait_s(BAD, 50, lambda: 1.0) == 3600


def test_a_hub_that_says_when_is_believed():
    busy = SyncOutcome("refused", 1, HubUnreachableError("busy"), retry_after_s=120)
    assert Rhythm().wait_s(busy, 1, lambda: 0.0) == 120


def watch(machine, *events) -> list[dict[str, object]]:
    """What the worker says while these things happen between its questions."""
    out, stop, happening = io.StringIO(), threading.Event(), iter(events)

    def wait(_seconds: float) -> None:
        event = next(happening, None)
        if event is None:
            stop.set()
        else:
            event()

    with machine.state() as state:
        cycle = Cycle(machine.terms, machine.source, state, machine.index, machine.clock)
        worker.watch(cycle, machine.clips(state), Lines(out, stop), Rhythm(), stop, wait)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_worker_says_what_it_did_line_by_line(machine, repository):
    said = watch(machine, lambda: publish(repository, "第2版"), lambda: None)
    assert said == [
        {"event": "started", "version": 1},
        {"event": "checked", "version": 1},
        {"event": "updated", "version": 2},
        {"event": "checked", "version": 2},
    ]


def test_a_failure_is_said_with_its_reason_and_the_edition_that_stays(machine, repository):
    timestamp = repository.metadata_dir / "timestamp.json"
    said = watch(machine, lambda: timestamp.write_bytes(b"<html>"))
    assert said[-1]["event"] == "failed"
    assert said[-1]["version"] == 1
    assert said[-1]["reason"].startswith("HubAnswerError: the answer cannot be read")


def test_a_worker_that_finds_the_edition_damaged_goes_back_before_it_asks(machine, repository):
    publish(repository, "第2版")
    machine.sync()
    machine.active.file.write_bytes(b"x")
    said = watch(machine)
    assert said == [
        {"event": "updated", "version": 1},
        {"event": "started", "version": 1},
        {"event": "updated", "version": 2},
    ]


def test_a_worker_without_any_catalog_says_so_and_gets_one(machine):
    machine.active.file.unlink()
    assert watch(machine) == [
        {"event": "started", "version": None},
        {"event": "updated", "version": 1},
    ]


def say_aloud(repository, folder: Path, sounds: dict[str, bytes], summary: str = "第1版") -> None:
    speech = make_speech(folder, sounds)
    source = make_source([make_service(summary=summary)])
    publication.publish(repository, source, speech=speech)


def test_the_parent_hears_of_a_new_edition_before_the_clips_that_came_with_it(
    machine, repository, tmp_path
):
    sounds = {START: make_wav()}
    said = watch(
        machine, lambda: say_aloud(repository, tmp_path / "speech", sounds, "第2版"), lambda: None
    )
    assert said == [
        {"event": "started", "version": 1},
        {"event": "checked", "version": 1},
        {"event": "updated", "version": 2},
        {"event": "clips-updated", "version": 2},
        {"event": "checked", "version": 2},
    ]


def test_clips_that_do_not_come_are_said_and_the_catalog_is_no_failure(
    machine, repository, tmp_path
):
    say_aloud(repository, tmp_path / "speech", {START: make_wav()}, "第2版")
    for path in repository.targets_dir.rglob("*.wav"):
        path.unlink()
    started, updated, failed, checked = watch(machine, lambda: None)
    assert (updated["event"], updated["version"]) == ("updated", 2)
    assert (failed["event"], failed["version"]) == ("clips-failed", 2)
    assert failed["reason"].startswith("HubAnswerError: ")
    assert (started["event"], checked["event"]) == ("started", "checked")


def test_clips_are_not_asked_for_where_the_catalog_was_refused(machine, repository, tmp_path):
    machine.sync()
    say_aloud(repository, tmp_path / "speech", {START: make_wav()})
    machine.sync()
    (repository.metadata_dir / "timestamp.json").write_bytes(b"<html>")
    assert [line["event"] for line in watch(machine)] == ["started", "failed"]


def test_failures_in_a_row_are_counted_and_forgotten_after_a_success(machine, repository):
    timestamp = repository.metadata_dir / "timestamp.json"
    good, waits = timestamp.read_bytes(), []
    events = iter([lambda: timestamp.write_bytes(b"x")] + [lambda: None] * 2)

    with machine.state() as state:
        stop = threading.Event()

        def wait(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 4:
                timestamp.write_bytes(good)
            if len(waits) == 5:
                stop.set()
            next(events, lambda: None)()

        cycle = Cycle(machine.terms, machine.source, state, NO_INDEX, machine.clock)
        clips = machine.clips(state)
        lines = Lines(io.StringIO(), stop)
        worker.watch(cycle, clips, lines, Rhythm(), stop, wait, draw=lambda: 1.0)
    assert waits == [72.0, 10.0, 20.0, 40.0, 72.0]


def test_nobody_listening_ends_the_worker(machine):
    stop = threading.Event()
    out = io.StringIO()
    out.close()
    with machine.state() as state:
        cycle = Cycle(machine.terms, machine.source, state, NO_INDEX, machine.clock)
        worker.watch(cycle, machine.clips(state), Lines(out, stop), Rhythm(), stop)
    assert stop.is_set()


def run(machine, stdin: io.StringIO, **options) -> tuple[int, list[str]]:
    out = io.StringIO()
    code = worker.run(
        machine.terms,
        machine.source,
        rhythm=Rhythm(interval_s=0.01),
        stdin=stdin,
        stdout=out,
        index=NO_INDEX,
        **options,
    )
    return code, [json.loads(line)["event"] for line in out.getvalue().splitlines()]


def test_one_check_says_one_thing_and_its_code_says_whether_it_went_well(machine, tmp_path):
    assert run(machine, io.StringIO(), goes_on=False) == (0, ["checked"])
    machine.source = FolderSource(tmp_path / "gone")
    assert run(machine, io.StringIO(), goes_on=False) == (1, ["failed"])


def test_one_check_brings_all_clips_however_many_goes_it_takes(machine, repository, tmp_path):
    longest = {str(n): make_wav(n, seconds=59, rate=48000) for n in (1, 2)}
    say_aloud(repository, tmp_path / "speech", longest)
    assert run(machine, io.StringIO(), goes_on=False) == (0, ["checked", "clips-updated"])
    assert len(list((machine.data_dir / "speech").glob("*.wav"))) == 2


def test_the_end_of_stdin_ends_the_worker(machine):
    code, said = run(machine, io.StringIO("words that mean nothing\n"), goes_on=True)
    assert code == 0
    assert said[0] == "started"


class Parent:
    """Hears a worker in a thread of its own, and asks it things."""

    def __init__(self, machine, rhythm: Rhythm, index=NO_INDEX) -> None:
        read, write = os.pipe()
        self._write, self._stdin = os.fdopen(write, "w"), os.fdopen(read)
        self.out = io.StringIO()
        self._thread = threading.Thread(
            target=lambda: worker.run(
                machine.terms,
                machine.source,
                goes_on=True,
                rhythm=rhythm,
                stdin=self._stdin,
                stdout=self.out,
                index=index,
            )
        )
        self._thread.start()

    def ask(self, line: str) -> None:
        self._write.write(line)
        self._write.flush()

    def said(self) -> list[str]:
        lines = self.out.getvalue().splitlines(keepends=True)
        return [json.loads(line)["event"] for line in lines if line.endswith("\n")]

    def wait_for(self, event: str, times: int) -> None:
        waiting = threading.Event()
        for _ in range(2000):
            if self.said().count(event) >= times:
                return
            waiting.wait(0.01)
        raise AssertionError(f"not {times} times {event}: {self.said()}")

    def leave(self) -> None:
        self._write.close()
        self._thread.join(20)
        self._stdin.close()


def test_a_check_that_is_asked_for_comes_at_once_and_says_how_far_it_is(machine, repository):
    parent = Parent(machine, Rhythm(interval_s=3600))
    try:
        parent.wait_for("checked", 1)
        parent.ask("something else\n")
        publish(repository, "第2版")
        parent.ask("now\n")
        parent.wait_for("updated", 1)
    finally:
        parent.leave()
    lines = [json.loads(line) for line in parent.out.getvalue().splitlines()]
    assert lines[:2] == [{"event": "started", "version": 1}, {"event": "checked", "version": 1}]
    progress = [(one["stage"], one["share"]) for one in lines if one["event"] == "progress"]
    assert progress == [("fetch", 0.0), ("apply", 0.75)]
    assert lines[-1] == {"event": "updated", "version": 2}


def test_a_check_by_the_clock_says_nothing_of_its_progress(machine, repository):
    said = watch(machine, lambda: publish(repository, "第2版"))
    assert "progress" not in [line["event"] for line in said]


def test_a_bell_that_rang_before_is_heard_and_only_once() -> None:
    bell = Bell()
    bell.ring()
    bell.wait(3600)
    assert (bell.answered(), bell.answered()) == (True, False)
    bell.end()
    bell.wait(3600)
    assert bell.stop.is_set()


def progress_of(*deeds) -> list[tuple[str, float]]:
    """What is told of a check in which these things happen, a second after each other."""
    out, seconds = io.StringIO(), iter(range(1000))
    progress = Progress(Lines(out, threading.Event()), lambda: float(next(seconds)))
    progress.begin(is_wanted=True)
    for deed in deeds:
        deed(progress)
    lines = map(json.loads, out.getvalue().splitlines())
    return [(line["stage"], line["share"]) for line in lines]


def test_the_share_grows_with_the_bytes_of_the_catalog_and_not_with_small_files() -> None:
    small = (lambda one: one.expect(512), lambda one: one.receive(400))
    large = (
        lambda one: one.expect(200_000),
        *[lambda one: one.receive(50_000)] * 4,
        lambda one: one.reach("apply"),
    )
    told = progress_of(*small, *large)
    assert told == [
        ("fetch", 0.0),
        ("fetch", 0.15),
        ("fetch", 0.3),
        ("fetch", 0.45),
        ("fetch", 0.6),
        ("verify", 0.6),
        ("apply", 0.75),
    ]


@given(st.lists(st.integers(1, 300_000), max_size=30), st.integers(1, 500_000))
def test_the_share_never_shrinks_or_leaves_its_bounds(pieces, length) -> None:
    deeds = [lambda one, n=n: one.receive(n) for n in pieces]
    shares = [share for _, share in progress_of(lambda one: one.expect(length), *deeds)]
    assert shares == sorted(shares)
    assert all(0 <= share <= 0.6 for share in shares)


def test_progress_is_told_twice_a_second_at_most() -> None:
    out = io.StringIO()
    progress = Progress(Lines(out, threading.Event()), lambda: 1.0)
    progress.begin(is_wanted=True)
    progress.expect(1_000_000)
    for _ in range(500):
        progress.receive(1000)
    assert len(out.getvalue().splitlines()) == 1


def test_a_kit_brings_the_first_catalog_with_its_search_index(tmp_path, repository):
    folder = enrol(tmp_path / "new", repository, "https://hub.example/")
    assert worker.sync_from_kit(folder, tmp_path / "new") == "catalog version 1"
    (file,) = (tmp_path / "new").glob("catalog-*.sqlite")
    with closing(CatalogReader(file)) as reader:
        assert reader.service("passport") is not None


def test_a_kit_brings_its_clips_and_a_damaged_one_does_not_keep_the_catalog_away(
    tmp_path, repository
):
    say_aloud(repository, tmp_path / "speech", {START: make_wav()})
    folder = enrol(tmp_path / "new", repository, "https://hub.example/")
    (sound,) = folder.rglob("*.wav")
    good = sound.read_bytes()
    sound.write_bytes(b"x" * len(good))
    said = worker.sync_from_kit(folder, tmp_path / "new")
    assert said.startswith("catalog version 1; recorded sentences did not come: ")
    sound.write_bytes(good)
    assert worker.sync_from_kit(folder, tmp_path / "new") == "catalog version 1"
    (here,) = (tmp_path / "new" / "speech").glob("*.wav")
    assert here.read_bytes() == good


def test_a_kit_that_was_changed_on_its_way_is_refused(tmp_path, repository):
    folder = enrol(tmp_path / "new", repository, "https://hub.example/")
    (full,) = folder.rglob("*.full.jsonl.zst")
    full.write_bytes(full.read_bytes()[:-1] + b"x")
    with pytest.raises(NotTrustedError):
        worker.sync_from_kit(folder, tmp_path / "new")


def test_a_kiosk_that_is_not_enrolled_is_told_so(tmp_path):
    with pytest.raises(ConfigError, match="enrol"):
        worker.main(tmp_path, watch=False)


def test_the_real_process_follows_the_hub_and_goes_when_its_parent_does(tmp_path, repository):
    with serving(repository.metadata_dir.parent) as hub:
        enrol(tmp_path / "new", repository, hub.url)
        (tmp_path / "new" / "kiosk.toml").write_text("[sync]\ninterval_s = 0.05\n")
        command = [sys.executable, "-m", "kiosk", "sync", "--watch", "--data", tmp_path / "new"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ
        ) as process:
            assert json.loads(process.stdout.readline())["event"] == "started"
            assert json.loads(process.stdout.readline()) == {"event": "updated", "version": 1}
            assert os.getpriority(os.PRIO_PROCESS, process.pid) >= 10
            publish(repository, "第2版")
            lines = (json.loads(line) for line in islice(process.stdout, 300))
            assert next(line for line in lines if line["event"] != "checked")["version"] == 2
            process.stdin.close()
            process.stdout.close()
            assert process.wait(timeout=20) == 0
    assert files_of(tmp_path / "new" / "staging").keys() == {
        f"catalog%2F{COLLECTION}%2Fhead.json",
        "policy%2Flinks.json",
    }


def test_the_version_of_this_program_is_the_one_in_its_project_file():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == VERSION
