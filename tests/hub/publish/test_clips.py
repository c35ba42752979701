"""Recorded sentences among the published files: what is signed, written, kept and deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tuf.api.metadata import Metadata

from db import clips
from hub.publish import kit, publication
from hub.publish.errors import KeyMissingError
from hub.publish.publication import ClipChange, Publication
from hub.publish.repository import Repository
from hub.publish.speech import Speech
from tests.hub.publish.building import (
    COLLECTION,
    files_of,
    make_clock,
    make_next_source,
    make_published,
    make_source,
)
from tests.hub.publish.recording import END, START, make_speech, make_wav
from tests.kiosk.sync.forging import ONLINE, Thief

ONE, TWO, THREE = make_wav(1), make_wav(2), make_wav(3)


@pytest.fixture
def repository(tmp_path) -> Repository:
    return make_published(tmp_path / "hub")


@pytest.fixture
def say(tmp_path, repository):
    """Publishes the same catalog with these sentences."""

    def publish(sounds: dict[str, bytes], repository=repository) -> Publication:
        speech = make_speech(tmp_path / "source" / "speech", sounds)
        return publication.publish(repository, make_source(), speech=speech)

    return publish


def sounds_on_disk(repository) -> set[bytes]:
    return {file.read_bytes() for file in (repository.targets_dir / "speech").glob("*.wav")}


def listed(repository) -> dict[str, str]:
    """Text → file, as it is published."""
    target = repository.tree().target(clips.PATH)
    path = repository.targets_dir / "speech" / f"{target.hashes['sha256']}.clips.json"
    return {clip.text: clip.file for clip in clips.decode_published(path.read_bytes())}


def test_clips_are_published_under_the_names_of_their_contents(repository, say):
    done = say({START: ONE, END: TWO})
    assert done.clips == ClipChange(2, 2, len(ONE) + len(TWO), 0, changed=True)
    assert (done.version, done.changed) == (1, False)
    assert listed(repository) == {START: clips.name_of(ONE), END: clips.name_of(TWO)}
    digest = clips.name_of(ONE).removesuffix(".wav")
    path = repository.targets_dir / "speech" / f"{digest}.{digest}.wav"
    assert path.read_bytes() == ONE


def test_the_publishers_of_the_catalog_sign_what_is_said(repository, say):
    say({START: ONE})
    tree = repository.tree()
    role = tree.targets.delegations.roles["speech"]
    assert role.keyids == tree.targets.delegations.roles[f"catalog-{COLLECTION}"].keyids
    assert (role.threshold, role.terminating) == (2, True)
    assert len(tree.metadata["speech"].signatures) == 2
    found = tree.targets.delegations.get_roles_for_target(clips.path_of(clips.name_of(ONE)))
    assert list(found) == [("speech", True)]


def test_a_city_without_clips_has_no_role_for_them_that_a_kiosk_would_ask(repository):
    tree = repository.tree()
    assert "speech" not in tree.metadata
    assert "speech.json" not in tree.metadata["snapshot"].signed.meta
    assert not (repository.targets_dir / "speech").exists()


def test_the_same_clips_again_write_nothing(tmp_path, say):
    say({START: ONE, END: TWO})
    before = files_of(tmp_path / "hub")
    done = say({END: TWO, START: ONE})
    assert done.clips == ClipChange(2, 0, 0, 0, changed=False)
    assert files_of(tmp_path / "hub") == before


def test_clips_stay_where_a_publication_says_nothing_about_them(repository, say):
    say({START: ONE})
    done = publication.publish(repository, make_next_source())
    assert (done.version, done.clips) == (2, ClipChange(1, 0, 0, 0, changed=False))
    assert listed(repository) == {START: clips.name_of(ONE)}
    assert repository.tree().version("speech") == 1


def test_a_catalog_and_its_clips_are_published_in_one_step(tmp_path, repository):
    before = repository.tree().version("timestamp")
    speech = make_speech(tmp_path / "speech", {START: ONE})
    done = publication.publish(repository, make_next_source(), speech=speech)
    assert (done.version, done.clips.new) == (2, 1)
    assert repository.tree().version("timestamp") == before + 1


def test_a_changed_clip_is_the_only_one_that_is_written_and_the_old_one_is_deleted(repository, say):
    say({START: ONE, END: TWO})
    kept = next(repository.targets_dir.rglob(f"*.{clips.name_of(ONE)}"))
    before = kept.stat().st_mtime_ns
    done = say({START: ONE, END: THREE})
    assert done.clips == ClipChange(2, 1, len(THREE), 1, changed=True)
    assert kept.stat().st_mtime_ns == before
    assert sounds_on_disk(repository) == {ONE, THREE}
    assert len(list(repository.targets_dir.rglob("*.clips.json"))) == 1


def test_another_text_for_the_same_sound_changes_the_list_alone(repository, say):
    say({START: ONE})
    done = say({END: ONE})
    assert done.clips == ClipChange(1, 0, 0, 0, changed=True)
    assert listed(repository) == {END: clips.name_of(ONE)}


def test_the_last_clip_that_goes_takes_the_list_with_it(repository, say):
    say({START: ONE})
    done = say({})
    assert done.clips == ClipChange(0, 0, 0, 1, changed=True)
    assert repository.tree().targets_of("speech") == {}
    assert list((repository.targets_dir / "speech").iterdir()) == []
    assert say({}).clips.changed is False


def test_an_empty_list_begins_no_role(repository):
    assert publication.publish(repository, make_source(), speech=Speech()).clips.changed is False
    assert "speech" not in repository.tree().metadata


def test_a_sound_that_was_lost_on_the_hub_is_written_again(repository, say):
    say({START: ONE})
    for path in repository.targets_dir.rglob("*.wav"):
        path.unlink()
    assert say({START: ONE}).clips.new == 1
    assert sounds_on_disk(repository) == {ONE}


def test_one_publisher_alone_cannot_publish_clips(tmp_path, repository, say):
    for n in (2, 3):
        (repository.keys_dir / f"catalog-{COLLECTION}-{n}.pem").unlink()
    before = files_of(tmp_path / "hub")
    with pytest.raises(KeyMissingError, match="speech needs 2 keys to sign, 1 are in"):
        say({START: ONE})
    assert files_of(tmp_path / "hub") == before


def test_the_offline_keys_are_not_needed_for_the_first_clips(repository, say):
    for key in repository.keys_dir.glob("targets-*.pem"):
        key.unlink()
    assert say({START: ONE}).clips.new == 1


def without_room_for_clips(repository) -> None:
    """Make it what `hub init` made before there were clips."""
    owners = Thief(repository, ("targets-1", "targets-2", *ONLINE))
    owners.forge("targets", lambda payload: payload.delegations.roles.pop("speech"))


def test_an_older_repository_gets_the_role_with_its_first_clips(repository, say):
    without_room_for_clips(repository)
    before = repository.tree().version("targets")
    say({START: ONE})
    assert repository.tree().version("targets") == before + 1
    assert listed(repository) == {START: clips.name_of(ONE)}
    say({START: TWO})
    assert repository.tree().version("targets") == before + 1


def test_an_older_repository_without_the_offline_keys_says_which_are_missing(
    tmp_path, repository, say
):
    without_room_for_clips(repository)
    for key in repository.keys_dir.glob("targets-*.pem"):
        key.unlink()
    before = files_of(tmp_path / "hub")
    with pytest.raises(KeyMissingError, match="targets needs 2 keys to sign, 0 are in"):
        say({START: ONE})
    assert files_of(tmp_path / "hub") == before


class StoppedError(Exception):
    """The process died here."""


@pytest.mark.parametrize("step", range(6))
def test_a_crash_between_any_two_files_leaves_the_clips_of_before(tmp_path, repository, say, step):
    say({START: ONE})
    old = listed(repository)
    written: list[str] = []

    def write(path, content, mtime_s) -> None:
        if len(written) == step:
            raise StoppedError
        written.append(path.name)
        repository._write(path, content, mtime_s)

    with pytest.raises(StoppedError):
        say({START: TWO, END: THREE}, Repository(tmp_path / "hub", make_clock(), write))
    assert listed(repository) == old
    assert ONE in sounds_on_disk(repository)
    say({START: TWO})
    assert sounds_on_disk(repository) == {TWO}


def test_everything_a_list_names_is_written_before_it_and_the_timestamp_last(
    tmp_path, repository, say
):
    written: list[str] = []

    def write(path, content, mtime_s) -> None:
        written.append(path.name)
        repository._write(path, content, mtime_s)

    say({START: ONE}, Repository(tmp_path / "hub", make_clock(), write))
    sound, listed, *metadata = written
    assert sound.endswith(clips.name_of(ONE))
    assert listed.endswith(".clips.json")
    assert metadata == ["1.speech.json", "3.snapshot.json", "timestamp.json"]


def test_signatures_over_clips_are_renewed_like_the_catalogs(tmp_path, say):
    clock = make_clock()
    repository = Repository(tmp_path / "hub", clock)
    say({START: ONE}, repository)
    clock.advance(timedelta(days=50))
    assert "speech" in publication.renew(repository).renewed
    assert repository.tree().expiries()["speech"] == clock() + timedelta(days=90)
    assert listed(repository) == {START: clips.name_of(ONE)}


def test_a_kit_carries_the_clips(tmp_path, repository, say):
    say({START: ONE, END: TWO})
    kit.export(repository, tmp_path / "stick" / "repository", timedelta(days=30))
    copy = Repository(tmp_path / "stick")
    assert sounds_on_disk(copy) == {ONE, TWO}
    assert listed(copy) == listed(repository)
    folder = tmp_path / "stick" / "repository" / "metadata"
    assert Metadata.from_file(str(folder / "1.speech.json")).signed.version == 1
