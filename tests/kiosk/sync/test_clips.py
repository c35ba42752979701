"""The road of a recorded sentence from a city's folder to a kiosk's, over a true line."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import sys
from contextlib import contextmanager
from datetime import timedelta

import pytest

from db import clips
from hub.publish import publication
from hub.publish.tree import Artifact
from kiosk.core.errors import DiskError, HubAnswerError, HubUnreachableError, NotTrustedError
from kiosk.sync.clip_cycle import WITHOUT_LIMIT, Allowance
from kiosk.sync.fetcher import HubSource, Patience
from kiosk.sync.lock import only_one
from tests.hub.publish.building import (
    COLLECTION,
    files_of,
    make_clock,
    make_published,
    make_service,
    make_source,
)
from tests.hub.publish.recording import END, START, make_speech, make_wav
from tests.kiosk.sync.forging import ONLINE, Thief
from tests.kiosk.sync.machine import Machine, in_a_process, make_machine
from tests.kiosk.sync.serving import breaks_off, never_ends, says, serve_file

ONE, TWO, THREE = (make_wav(pitch, seconds=0.1) for pitch in (1, 2, 3))
CATALOG, TRANSPORT = f"catalog-{COLLECTION}", f"transport-{COLLECTION}"
SERVER = (*ONLINE, f"{TRANSPORT}-1")


@pytest.fixture
def machine(machine, hub, session) -> Machine:
    """A kiosk that has heard the hub over a true line, before there were clips."""
    machine.source = HubSource(hub.url, session, Patience(connect_s=1.0, read_s=0.3))
    assert machine.sync().error is None
    return machine


@pytest.fixture
def say(tmp_path, repository):
    """Publishes these sentences with the catalog of before."""

    def publish(sounds: dict[str, bytes], summary: str = "第1版") -> None:
        speech = make_speech(tmp_path / "source" / "speech", sounds)
        source = make_source([make_service(summary=summary)])
        publication.publish(repository, source, speech=speech)

    return publish


@contextmanager
def process(machine, allowance: Allowance | None = None):
    """What brings clips, in one life of a process."""
    with machine.state() as state:
        yield machine.clips(state, allowance)


def sync(machine, allowance: Allowance | None = None):
    """A catalog's sync and, as in the worker, the clips after it."""
    assert machine.sync().error is None
    return machine.fetch_clips(allowance)


def heard(machine) -> dict[str, bytes]:
    """Text → sound, as a reader of the folder finds them; every sound that is named is there."""
    folder = machine.data_dir / "speech"
    if not (folder / "clips.json").exists():
        return {}
    listed = clips.decode((folder / "clips.json").read_bytes())
    return {clip.text: (folder / clip.file).read_bytes() for clip in listed}


def sounds_of(machine) -> set[str]:
    return {path.name for path in (machine.data_dir / "speech").glob("*.wav")}


def wavs(asked: list[str]) -> list[str]:
    return [path.rpartition("/")[2].partition(".")[2] for path in asked if path.endswith(".wav")]


def require_as_before(machine, sounds: dict[str, bytes]) -> None:
    """Catalog and clips are those of before, and whole."""
    assert machine.shown() == (1, {"passport": "第1版"})
    assert machine.is_whole()
    assert heard(machine) == sounds


# the road ---------------------------------------------------------------------------------------


def test_what_was_published_is_what_lies_in_the_folder(machine, repository, say):
    say({START: ONE, END: TWO})
    assert sync(machine).result == "updated"
    assert heard(machine) == {START: ONE, END: TWO}
    published = next(repository.targets_dir.rglob("*.clips.json")).read_bytes()
    assert (machine.data_dir / "speech" / "clips.json").read_bytes() == published
    assert files_of(machine.data_dir / "speech").keys() == {
        "clips.json",
        clips.name_of(ONE),
        clips.name_of(TWO),
    }


def test_a_second_go_asks_nothing_in_this_life_of_the_process_and_in_the_next(machine, hub, say):
    say({START: ONE})
    assert machine.sync().error is None
    with process(machine) as cycle:
        assert cycle.run().result == "updated"
        hub.asked.clear()
        assert cycle.run().result == "unchanged"
    assert machine.fetch_clips().result == "unchanged"
    assert hub.asked == []
    assert machine.sync().requests == 1


def test_a_city_without_clips_costs_not_one_request_more(tmp_path, hub, session, repository):
    machine = make_machine(tmp_path / "new", repository, HubSource(hub.url, session))
    assert machine.sync().version == 1
    assert machine.fetch_clips().result == "unchanged"
    assert machine.sync().requests == 1
    assert machine.fetch_clips().result == "unchanged"
    assert [re.sub("[0-9a-f]{64}", "<h>", path) for path in hub.asked] == [
        "metadata/timestamp.json",
        "metadata/2.root.json",
        "metadata/2.snapshot.json",
        "metadata/1.targets.json",
        "metadata/2.catalog-990100.json",
        "metadata/2.policy.json",
        "metadata/2.transport-990100.json",
        "targets/catalog/990100/<h>.head.json",
        "targets/policy/<h>.links.json",
        "targets/catalog/990100/<h>.full.jsonl.zst",
        "metadata/timestamp.json",
    ]
    assert not (machine.data_dir / "speech").exists()


def test_clips_cost_a_sync_of_the_catalog_nothing(machine, hub, say):
    say({START: ONE})
    hub.asked.clear()
    outcome = machine.sync()
    assert outcome.result == "unchanged"
    assert [path.rpartition("/")[2] for path in hub.asked] == [
        "timestamp.json",
        "2.root.json",
        "3.snapshot.json",
    ]
    assert not (machine.data_dir / "speech").exists()


def test_only_a_changed_clip_is_fetched_and_the_old_one_goes(machine, hub, say):
    say({START: ONE, END: TWO})
    sync(machine)
    say({START: ONE, END: THREE})
    hub.asked.clear()
    assert sync(machine).result == "updated"
    assert wavs(hub.asked) == [clips.name_of(THREE)]
    assert heard(machine) == {START: ONE, END: THREE}
    assert sounds_of(machine) == {clips.name_of(ONE), clips.name_of(THREE)}


def test_a_removed_clip_goes_and_nothing_is_fetched_for_it(machine, hub, say):
    say({START: ONE, END: TWO})
    sync(machine)
    say({START: ONE})
    hub.asked.clear()
    assert sync(machine).result == "updated"
    assert wavs(hub.asked) == []
    assert heard(machine) == {START: ONE}
    assert sounds_of(machine) == {clips.name_of(ONE)}


def test_the_last_clip_that_goes_takes_everything_with_it(machine, hub, say):
    say({START: ONE})
    sync(machine)
    say({})
    assert sync(machine).result == "updated"
    assert files_of(machine.data_dir / "speech") == {}
    hub.asked.clear()
    assert machine.fetch_clips().result == "unchanged"
    assert hub.asked == []


def test_two_sentences_with_one_sound_fetch_it_once(machine, hub, say):
    say({START: ONE, END: ONE})
    assert sync(machine).result == "updated"
    assert wavs(hub.asked) == [clips.name_of(ONE)]
    assert heard(machine) == {START: ONE, END: ONE}


def test_a_signature_that_is_only_renewed_fetches_no_sound(machine, repository, hub, say):
    say({START: ONE})
    sync(machine)
    repository.replace([], ["speech"])
    hub.asked.clear()
    assert sync(machine).result == "unchanged"
    assert wavs(hub.asked) == []
    assert any(path.endswith("2.speech.json") for path in hub.asked)
    hub.asked.clear()
    assert machine.fetch_clips().result == "unchanged"
    assert hub.asked == []


def test_a_machine_of_another_city_lets_go_of_the_clips_it_had(tmp_path, machine, say):
    say({START: ONE})
    sync(machine)
    other = make_machine(tmp_path / "other", make_published(tmp_path / "elsewhere"))
    other.data_dir.mkdir()
    shutil.copytree(machine.data_dir / "speech", other.data_dir / "speech")
    assert sync(other).result == "updated"
    assert heard(other) == {}


def test_clips_wait_for_the_first_catalog(tmp_path, repository, say):
    say({START: ONE})
    machine = make_machine(tmp_path / "new", repository)
    machine.data_dir.mkdir()
    assert machine.fetch_clips().result == "unchanged"
    assert machine.source.requests_made == 0


# how much at once -------------------------------------------------------------------------------


def test_a_few_come_at_once_and_an_urgent_edition_between_them(machine, hub, say):
    sounds = {START: ONE, END: TWO, "再见": THREE}
    say(sounds)
    machine.sync()
    with process(machine, Allowance(bytes=len(ONE) + 1)) as cycle:
        results = [cycle.run().result]
        assert heard(machine) == {}
        say(sounds, "急")
        assert machine.sync().version == 2
        results += [cycle.run().result for _ in range(3)]
    assert results == ["some", "some", "updated", "unchanged"]
    assert sorted(wavs(hub.asked)) == sorted(clips.name_of(one) for one in sounds.values())
    assert heard(machine) == sounds


def test_a_list_that_is_half_fetched_is_fetched_once(machine, hub, say):
    say({START: ONE, END: TWO})
    machine.sync()
    results = [machine.fetch_clips(Allowance(bytes=1)).result for _ in range(2)]
    assert results == ["some", "updated"]
    assert sum(path.endswith(".clips.json") for path in hub.asked) == 1


def test_the_clips_of_before_are_used_until_the_last_new_one_is_there(machine, say):
    say({START: ONE})
    sync(machine)
    say({START: TWO, END: THREE})
    assert sync(machine, Allowance(bytes=1)).result == "some"
    assert heard(machine) == {START: ONE}
    assert machine.fetch_clips().result == "updated"
    assert heard(machine) == {START: TWO, END: THREE}
    assert clips.name_of(ONE) not in sounds_of(machine)


def test_a_slow_line_brings_one_clip_a_go(machine, hub, say):
    say({START: ONE, END: TWO})

    def slow(handler) -> None:
        machine.clock.advance(seconds=21)
        serve_file(handler, hub.folder / handler.path.lstrip("/"))

    hub.answers[".wav"] = slow
    assert sync(machine).result == "some"
    assert len(sounds_of(machine)) == 1
    assert machine.fetch_clips().result == "updated"


def test_the_longest_clip_is_within_what_may_come_at_once():
    assert Allowance().bytes >= clips.CLIP_MAX_BYTES


def test_the_end_of_the_parent_begins_no_further_clip(machine, say):
    say({START: ONE, END: TWO})
    machine.sync()
    with process(machine) as cycle:
        assert cycle.run(lambda: len(sounds_of(machine)) == 1).result == "some"
    assert len(sounds_of(machine)) == 1


# what is not believed ---------------------------------------------------------------------------


def test_a_clip_that_was_changed_on_its_way_is_refused(machine, hub, repository, say):
    say({START: ONE})
    sync(machine)
    say({START: TWO, END: THREE})
    forged = TWO[:-2] + b"\x7f\x7f"
    hub.answers[clips.name_of(TWO)] = says(200, forged)
    outcome = sync(machine)
    assert type(outcome.error) is NotTrustedError
    require_as_before(machine, {START: ONE})
    assert forged not in files_of(machine.data_dir).values()
    hub.answers.clear()
    assert machine.fetch_clips().result == "updated"
    assert heard(machine) == {START: TWO, END: THREE}


def test_a_list_that_was_changed_on_its_way_is_refused(machine, hub, say):
    say({START: ONE})
    sync(machine)
    say({START: TWO})
    listed = (machine.data_dir / "speech" / "clips.json").read_bytes()
    hub.answers[".clips.json"] = says(200, listed)
    assert type(sync(machine).error) is NotTrustedError
    require_as_before(machine, {START: ONE})


@pytest.mark.parametrize("keys", [SERVER, (*SERVER, f"{CATALOG}-1")])
def test_what_is_said_aloud_needs_two_publishers(machine, repository, say, keys):
    say({START: ONE})
    sync(machine)
    listed = clips.encode([clips.Clip("zh", START, clips.name_of(TWO))])
    thief = Thief(repository, keys)
    thief.put("speech", Artifact(clips.path_of(clips.name_of(TWO)), TWO))
    thief.put("speech", Artifact(clips.PATH, listed))
    assert type(sync(machine).error) is NotTrustedError
    require_as_before(machine, {START: ONE})


def test_an_older_list_is_refused_where_python_tuf_has_lost_its_memory(machine, repository, say):
    say({START: ONE})
    sync(machine)
    first = repository.tree().metadata["speech"]
    say({START: TWO})
    sync(machine)
    for name in ("timestamp", "snapshot", "speech"):
        (machine.data_dir / "tuf" / f"{name}.json").unlink()
    Thief(repository, ONLINE).announce({"speech": first.signed.version})
    assert "speech is version 1, but 2 was seen before" in str(sync(machine).error)
    require_as_before(machine, {START: TWO})


def put(repository, path: str, content: bytes, name: str | None = None) -> None:
    """Publish with every key, but past the hub's own checks."""
    artifact = Artifact(path, content)
    listed = clips.encode([clips.Clip("zh", START, name or path.rpartition("/")[2])])
    repository.replace([artifact, Artifact(clips.PATH, listed)])


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("../../../evil.wav", HubAnswerError, "is not named by its content"),
        ("0" * 64 + ".wav", HubAnswerError, "is listed and not published"),
    ],
)
def test_a_list_that_publishers_signed_by_mistake_leads_nowhere(
    machine, repository, say, name, error, said
):
    say({START: ONE})
    sync(machine)
    put(repository, clips.path_of(clips.name_of(TWO)), TWO, name)
    outcome = sync(machine)
    assert type(outcome.error) is error
    assert said in str(outcome.error)
    require_as_before(machine, {START: ONE})


def test_a_sound_under_the_name_of_another_is_refused(machine, repository, say):
    say({START: ONE})
    sync(machine)
    put(repository, clips.path_of(clips.name_of(TWO)), THREE)
    outcome = sync(machine)
    assert "is signed with another content" in str(outcome.error)
    require_as_before(machine, {START: ONE})


@pytest.mark.parametrize(
    ("path", "most", "said"),
    [
        (clips.PATH, clips.LIST_MAX_BYTES, "a list of clips of 8000001 bytes is not fetched"),
        (clips.path_of(clips.name_of(TWO)), clips.CLIP_MAX_BYTES, "a clip of 6000001 bytes"),
    ],
)
def test_what_is_too_long_is_not_fetched_even_if_it_was_signed(
    machine, repository, hub, say, path, most, said
):
    say({START: ONE})
    sync(machine)
    put(repository, clips.path_of(clips.name_of(TWO)), TWO)
    tree = repository.tree()
    tree.metadata["speech"].signed.targets[path].length = most + 1
    owners = Thief(repository, (f"{CATALOG}-1", f"{CATALOG}-2", *ONLINE))
    owners._tree = tree
    owners.forge("speech", lambda _payload: None)
    assert said in str(sync(machine).error)
    assert wavs(hub.asked) == [clips.name_of(ONE)]
    require_as_before(machine, {START: ONE})


def test_clips_that_nobody_may_sign_are_refused(machine, repository, say):
    say({START: ONE})
    sync(machine)
    owners = Thief(repository, ("targets-1", "targets-2", *ONLINE))
    owners.forge("targets", lambda payload: payload.delegations.roles.pop("speech"))
    owners.announce({"targets": 2, "speech": 2}, by=2)
    outcome = sync(machine)
    assert type(outcome.error) is NotTrustedError
    assert "nobody may sign them" in str(outcome.error)
    require_as_before(machine, {START: ONE})


def test_signatures_that_ended_leave_the_clips_that_are_here(tmp_path, session, say):
    clock = make_clock()
    clock.advance(timedelta(days=-100))
    repository = make_published(tmp_path / "slow", make_source([make_service(summary="第1版")]))
    repository.now = clock
    speech = make_speech(tmp_path / "speech", {START: ONE})
    publication.publish(repository, make_source([make_service(summary="第1版")]), speech=speech)
    repository.now = make_clock()
    repository.replace([], ["snapshot"])
    machine = make_machine(tmp_path / "new", repository)
    outcome = sync(machine)
    assert type(outcome.error) is NotTrustedError
    assert "expired" in str(outcome.error)
    require_as_before(machine, {})


# what goes wrong on the way ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (says(404), HubAnswerError),
        (says(503), HubUnreachableError),
        (says(302, Location="http://portal.example/"), HubAnswerError),
        (says(200, b"<html>Please log in</html>"), NotTrustedError),
        (never_ends, HubAnswerError),
        (breaks_off, HubUnreachableError),
    ],
)
@pytest.mark.parametrize("end", [".wav", ".clips.json", "2.speech.json"])
def test_a_hub_that_fails_leaves_catalog_and_clips_as_they_were(
    machine, hub, say, end, answer, error
):
    say({START: ONE})
    sync(machine)
    say({START: TWO})
    hub.answers[end] = answer
    outcome = sync(machine)
    assert outcome.result == "refused"
    assert isinstance(outcome.error, error | HubAnswerError | NotTrustedError)
    require_as_before(machine, {START: ONE})
    assert not (machine.data_dir / "staging" / "clip.wav").exists()
    hub.answers.clear()
    assert machine.fetch_clips().result == "updated"
    assert heard(machine) == {START: TWO}


def test_a_failure_is_tried_again_after_a_growing_wait_and_a_new_list_at_once(machine, hub, say):
    say({START: ONE})
    machine.sync()
    hub.answers[".wav"] = says(404)
    with process(machine) as cycle:
        results = []
        for seconds in (0, 59, 2, 119, 2, 239, 2):
            machine.clock.advance(seconds=seconds)
            results.append(cycle.run().result)
        assert results == ["refused"] + ["unchanged", "refused"] * 3
        hub.asked.clear()
        assert cycle.run().result == "unchanged"
        assert hub.asked == []
        say({START: TWO})
        assert machine.sync().error is None
        assert cycle.run().result == "refused"
        hub.answers.clear()
        machine.clock.advance(seconds=61)
        assert cycle.run().result == "updated"


def test_a_busy_hub_is_not_asked_for_clips_before_it_says(machine, hub, say):
    say({START: ONE})
    machine.sync()
    hub.answers[".wav"] = says(503, Retry_After="600")
    with process(machine) as cycle:
        assert cycle.run().result == "refused"
        hub.answers.clear()
        machine.clock.advance(seconds=599)
        assert cycle.run().result == "unchanged"
        machine.clock.advance(seconds=2)
        assert cycle.run().result == "updated"


def test_the_last_of_the_disk_is_kept_for_catalogs(machine, hub, say):
    say({START: ONE})
    sync(machine)
    say({START: TWO})
    outcome = sync(machine, Allowance(reserve=1 << 60))
    assert type(outcome.error) is DiskError
    assert "are kept for catalogs" in str(outcome.error)
    assert wavs(hub.asked) == [clips.name_of(ONE)]
    require_as_before(machine, {START: ONE})


def test_a_full_disk_leaves_catalog_and_clips_as_they_were(tmp_path, repository, say):
    machine = make_machine(tmp_path / "new", repository)
    say({START: ONE})
    assert sync(machine).result == "updated"
    say({START: make_wav(4, seconds=10), END: TWO})
    assert machine.sync().error is None

    def fill() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        return type(machine.fetch_clips().error).__name__

    assert in_a_process(fill) == "DiskError"
    require_as_before(machine, {START: ONE})
    assert machine.fetch_clips().result == "updated"


def test_a_folder_that_is_no_folder_leaves_the_catalog(machine, say):
    (machine.data_dir / "speech").write_bytes(b"")
    say({START: ONE})
    assert type(sync(machine).error) is DiskError
    assert machine.shown() == (1, {"passport": "第1版"})


def killed_at(machine, step: int) -> str:
    """Fetch clips in a process that is killed before the so manieth change in their folder."""

    def act() -> str:
        left = step

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            paths = [str(one) for one in arguments if isinstance(one, str | os.PathLike)]
            if event in ("os.rename", "os.remove") and any("/speech/" in path for path in paths):
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1

        sys.addaudithook(watch)  # of this process alone, which ends with the test
        return machine.fetch_clips().result

    return in_a_process(act)


def test_a_process_killed_at_any_change_leaves_a_list_whose_sounds_are_all_there(
    tmp_path, repository, say
):
    machine = make_machine(tmp_path / "new", repository)
    old, new = {START: ONE, END: TWO}, {START: THREE, END: make_wav(4), "再见": ONE}
    seen = []
    for step in range(20):
        say(old)
        assert sync(machine, WITHOUT_LIMIT).error is None
        say(new)
        assert machine.sync().error is None
        result = killed_at(machine, step)
        seen.append(heard(machine))
        assert seen[-1] in (old, new)
        assert machine.shown() == (1, {"passport": "第1版"})
        assert machine.fetch_clips().error is None
        assert heard(machine) == new
        assert len(sounds_of(machine)) == len(set(new.values()))
        if result:
            break
    # two sounds, then the list, then one old sound: killed before each, and then at nothing
    assert seen == [old, old, old, new, new]


# what was damaged here --------------------------------------------------------------------------


def test_a_damaged_sound_is_no_longer_listed_and_fetched_again(machine, hub, say):
    say({START: ONE, END: TWO})
    sync(machine)
    sound = machine.data_dir / "speech" / clips.name_of(ONE)
    sound.write_bytes(b"\0" * len(ONE))
    hub.answers[".wav"] = says(503)
    hub.asked.clear()
    assert machine.fetch_clips().result == "refused"
    assert heard(machine) == {END: TWO}
    hub.answers.clear()
    assert machine.fetch_clips().result == "updated"
    assert heard(machine) == {START: ONE, END: TWO}
    assert wavs(hub.asked) == [clips.name_of(ONE)] * 2


def test_a_sound_that_was_deleted_is_fetched_again(machine, say):
    say({START: ONE})
    sync(machine)
    (machine.data_dir / "speech" / clips.name_of(ONE)).unlink()
    assert machine.fetch_clips().result == "updated"
    assert heard(machine) == {START: ONE}


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b'{"version": 1, "clips": []}'])
def test_a_damaged_list_is_written_again_without_fetching_a_sound(machine, hub, say, damage):
    say({START: ONE})
    sync(machine)
    (machine.data_dir / "speech" / "clips.json").write_bytes(damage)
    hub.asked.clear()
    assert machine.fetch_clips().result == "updated"
    assert heard(machine) == {START: ONE}
    assert wavs(hub.asked) == []


def test_what_does_not_belong_into_the_folder_goes(machine, say):
    say({START: ONE})
    sync(machine)
    for name in ("notes.txt", "0.wav", ".clips.json.new", "1" * 64 + ".wav"):
        (machine.data_dir / "speech" / name).write_bytes(b"x")
    assert machine.fetch_clips().result == "unchanged"
    assert files_of(machine.data_dir / "speech").keys() == {"clips.json", clips.name_of(ONE)}


def test_two_goes_at_once_do_not_happen(machine, say):
    say({START: ONE})
    machine.sync()
    with only_one(machine.data_dir / "sync.lock"):
        outcome = machine.fetch_clips()
    assert "another sync" in str(outcome.error)
    assert machine.fetch_clips().result == "updated"
