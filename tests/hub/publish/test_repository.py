"""The signed files on disk: what a strict client sees, and what happens between two writes."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata

from hub.publish import disk, publication
from hub.publish.errors import BusyError, KeyMissingError, RepositoryError
from hub.publish.repository import Repository
from tests.hub.publish.building import (
    COLLECTION,
    HOST,
    files_of,
    make_clock,
    make_next_source,
    make_published,
    make_repository,
    make_service,
    make_source,
)


def test_a_new_repository_has_no_records_and_no_link_hosts(tmp_path):
    repository = make_repository(tmp_path)
    assert repository.read_current() is None
    assert repository.link_hosts() == ()
    assert repository.tree().collection == COLLECTION


def test_keys_can_be_read_by_their_owner_alone(tmp_path):
    repository = make_repository(tmp_path)
    keys = list(repository.keys_dir.iterdir())
    assert len(keys) == 5 + 3 + 3 + 3 + 1 + 1
    assert {path.stat().st_mode & 0o777 for path in keys} == {0o600}
    assert repository.keys_dir.stat().st_mode & 0o777 == 0o700


def test_a_second_init_changes_nothing(tmp_path):
    repository = make_repository(tmp_path)
    before = files_of(tmp_path)
    with pytest.raises(RepositoryError, match="a key already"):
        repository.create(COLLECTION)
    assert files_of(tmp_path) == before


def test_every_role_has_its_threshold_and_every_path_one_role(tmp_path):
    tree = make_repository(tmp_path).tree()
    thresholds = {role: tree.delegator(role).get_delegated_role(role) for role in tree.metadata}
    assert {role: (len(found.keyids), found.threshold) for role, found in thresholds.items()} == {
        "root": (5, 3),
        "targets": (3, 2),
        "policy": (3, 2),
        f"catalog-{COLLECTION}": (3, 2),
        f"transport-{COLLECTION}": (1, 1),
        "snapshot": (1, 1),
        "timestamp": (1, 1),
    }
    head = f"catalog/{COLLECTION}/head.json"
    found = list(tree.targets.delegations.get_roles_for_target(head))
    assert found == [(f"catalog-{COLLECTION}", True)]


def test_the_head_carries_the_signatures_of_two_publishers(tmp_path):
    repository = make_published(tmp_path)
    metadata = repository.tree().metadata[f"catalog-{COLLECTION}"]
    assert len(metadata.signatures) == 2


def test_what_was_published_is_read_back(tmp_path):
    repository = make_published(tmp_path)
    head, bodies = repository.read_current()
    assert (head.version, head.count, len(bodies)) == (1, 7, 7)
    assert repository.link_hosts() == (HOST,)


def test_the_head_is_repeated_beside_its_hash(tmp_path):
    repository = make_published(tmp_path)
    head, _ = repository.read_current()
    target = repository.tree().target(f"catalog/{COLLECTION}/head.json")
    assert target.custom["digest"] == head.digest
    assert target.custom["version"] == 1


def test_two_publications_in_one_second_have_two_times(tmp_path):
    clock = make_clock()
    repository = make_repository(tmp_path, clock)
    timestamp = repository.metadata_dir / "timestamp.json"
    seconds = [int(timestamp.stat().st_mtime)]
    for n in range(3):
        publication.publish(repository, make_source([make_service(summary=f"第{n}版")]))
        seconds.append(int(timestamp.stat().st_mtime))
    assert len(set(seconds)) == len(seconds)
    assert seconds == sorted(seconds)


def test_no_file_but_the_timestamp_is_ever_changed(tmp_path):
    repository = make_published(tmp_path)
    before = files_of(tmp_path / "repository")
    publication.publish(repository, make_next_source())
    after = files_of(tmp_path / "repository")
    changed = {name for name, content in before.items() if after[name] != content}
    assert changed == {"metadata/timestamp.json"}


class StoppedError(Exception):
    """The process died here."""


class DyingWrite:
    """Writes durably a number of times and then dies, before or after its last file is there."""

    def __init__(self, survives: int, half: bool) -> None:
        self.left = survives
        self.half = half
        self.written: list[str] = []

    def __call__(self, path: Path, content: bytes, mtime_s: int | None) -> None:
        if self.left == 0:
            if self.half:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.with_name(f".{path.name}.new").write_bytes(content[: len(content) // 2])
            raise StoppedError
        self.left -= 1
        self.written.append(path.name)
        disk.write_durably(path, content, mtime_s)


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("step", range(6))
def test_a_crash_between_any_two_files_leaves_the_old_version_whole(tmp_path, step, half):
    old, _ = make_published(tmp_path).read_current()
    dying = Repository(tmp_path, make_clock(), DyingWrite(step, half))
    with pytest.raises(StoppedError):
        publication.publish(dying, make_source([make_service(summary="新的")]))
    repository = Repository(tmp_path)
    assert repository.read_current()[0] == old
    done = publication.publish(repository, make_source([make_service(summary="更新的")]))
    assert done.version == repository.read_current()[0].version == 2


def test_the_timestamp_is_written_last_and_after_everything_it_leads_to(tmp_path):
    make_published(tmp_path)
    write = DyingWrite(1000, half=False)
    source = make_source([make_service(summary="新的")], (HOST, "b.example"))
    publication.publish(Repository(tmp_path, make_clock(), write), source)
    kinds = [name.rpartition("/")[2].partition(".")[2] for name in write.written]
    assert kinds == [
        "links.json",
        "head.json",
        "full.jsonl.zst",
        f"catalog-{COLLECTION}.json",
        "policy.json",
        f"transport-{COLLECTION}.json",
        "snapshot.json",
        "json",
    ]


def test_a_publisher_killed_at_any_file_leaves_a_repository_that_is_good(tmp_path):
    make_published(tmp_path)
    for step in range(7):
        child = os.fork()
        if child == 0:
            _publish_until_killed(tmp_path, step)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL or os.WEXITSTATUS(status) == 0
        head, bodies = Repository(tmp_path).read_current()
        assert len(bodies) == head.count


def _publish_until_killed(data_dir: Path, step: int) -> None:
    class KillingWrite(DyingWrite):
        def __call__(self, path: Path, content: bytes, mtime_s: int | None) -> None:
            try:
                super().__call__(path, content, mtime_s)
            except StoppedError:
                os.kill(os.getpid(), signal.SIGKILL)

    repository = Repository(data_dir, make_clock(), KillingWrite(step, half=True))
    publication.publish(repository, make_source([make_service(summary=f"第{step}版")]))
    os._exit(0)


def test_a_full_disk_leaves_the_old_version_and_no_draft(tmp_path):
    repository = make_published(tmp_path)
    before = files_of(tmp_path / "repository")

    def full_disk(path: Path, content: bytes, mtime_s: int | None) -> None:
        raise OSError(28, "No space left on device", str(path))

    with pytest.raises(OSError, match="No space"):
        publication.publish(Repository(tmp_path, make_clock(), full_disk), make_next_source())
    assert files_of(tmp_path / "repository") == before
    assert repository.read_current()[0].version == 1


def test_somebody_else_publishing_is_said_at_once(tmp_path):
    repository = make_published(tmp_path)
    with disk.locked(repository.lock_path), pytest.raises(BusyError):
        publication.publish(repository, make_next_source())


def test_one_publisher_alone_cannot_publish(tmp_path):
    repository = make_published(tmp_path)
    for n in (2, 3):
        (repository.keys_dir / f"catalog-{COLLECTION}-{n}.pem").unlink()
    before = files_of(tmp_path / "repository")
    with pytest.raises(KeyMissingError, match="needs 2 keys to sign, 1 are in"):
        publication.publish(repository, make_next_source())
    assert files_of(tmp_path / "repository") == before


def test_a_key_that_cannot_be_read_is_named(tmp_path):
    repository = make_published(tmp_path)
    (repository.keys_dir / "online-1.pem").write_text("nonsense")
    with pytest.raises(KeyMissingError, match=r"online-1\.pem is no readable key"):
        publication.renew(repository)


@pytest.mark.parametrize(
    "pattern",
    [
        "metadata/timestamp.json",
        "metadata/*.snapshot.json",
        "metadata/1.root.json",
        "metadata/2.catalog-*.json",
        "targets/catalog/*/*.full.jsonl.zst",
        "targets/catalog/*/*.head.json",
    ],
)
@pytest.mark.parametrize("damage", [b"", b"{}", None])
def test_a_damaged_file_is_reported_and_never_built_upon(tmp_path, pattern, damage):
    repository = make_published(tmp_path)
    for path in (tmp_path / "repository").glob(pattern):
        if damage is None:
            path.unlink()
        else:
            path.write_bytes(damage)
    with pytest.raises(RepositoryError):
        repository.read_current()
    with pytest.raises(RepositoryError):
        publication.publish(repository, make_next_source())


def test_a_changed_byte_below_a_good_signature_is_reported(tmp_path):
    repository = make_published(tmp_path)
    path = repository.metadata_dir / "2.snapshot.json"
    path.write_bytes(path.read_bytes().replace(b'"_type"', b'"extra":1,"_type"', 1))
    with pytest.raises(RepositoryError, match="snapshot"):
        repository.tree()


def test_signatures_end_when_the_roles_say(tmp_path):
    clock = make_clock()
    repository = make_repository(tmp_path, clock)
    days = {role: (end - clock()).days for role, end in repository.tree().expiries().items()}
    assert days == {
        "root": 365,
        "targets": 180,
        "policy": 180,
        f"catalog-{COLLECTION}": 90,
        f"transport-{COLLECTION}": 7,
        "snapshot": 7,
        "timestamp": 1,
    }


def test_metadata_is_compact_and_names_consistent_snapshots(tmp_path):
    repository = make_repository(tmp_path)
    root = Metadata.from_bytes(repository.first_root)
    assert root.signed.consistent_snapshot
    assert b"\n" not in repository.first_root
    assert (repository.metadata_dir / "timestamp.json").stat().st_size < 500


def test_renewing_signs_what_has_less_than_half_its_time_left(tmp_path):
    clock = make_clock()
    repository = make_repository(tmp_path, clock)
    assert publication.renew(repository).renewed == ("timestamp",)
    clock.advance(timedelta(days=4))
    done = publication.renew(repository)
    assert set(done.renewed) == {f"transport-{COLLECTION}", "snapshot", "timestamp"}
    assert repository.tree().expiries()["snapshot"] == clock() + timedelta(days=7)
    assert repository.tree().version("targets") == 1


def test_renewing_reports_the_roles_whose_keys_are_elsewhere(tmp_path):
    clock = make_clock()
    repository = make_repository(tmp_path, clock)
    for key in repository.keys_dir.glob("catalog-*.pem"):
        key.unlink()
    clock.advance(timedelta(days=46))
    done = publication.renew(repository)
    assert set(done.waiting) == {f"catalog-{COLLECTION}"}
    assert done.waiting[f"catalog-{COLLECTION}"] - clock() == timedelta(days=44)


def test_the_root_is_renewed_in_a_chain_from_the_first(tmp_path):
    clock = make_clock()
    repository = make_repository(tmp_path, clock)
    clock.advance(timedelta(days=200))
    done = publication.renew(repository)
    assert {"root", "targets", "policy"} <= set(done.renewed)
    first = Metadata.from_bytes(repository.first_root)
    second = Metadata.from_file(str(repository.metadata_dir / "2.root.json"))
    first.verify_delegate("root", second)
    assert repository.tree().version("root") == 2
    assert repository.tree().version("targets") == 2
