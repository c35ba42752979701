"""One sync from the first question to the switch, against a true repository in a folder."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import msgspec
import pytest

from db import head as heads
from hub.publish import edition, kit, publication
from hub.publish.tree import Artifact
from kiosk.core.errors import HubAnswerError, NotTrustedError
from kiosk.store.catalog_reader import CatalogReader
from kiosk.sync.apply import SearchIndex
from kiosk.sync.fetcher import FolderSource
from kiosk.sync.lock import only_one
from tests.hub.publish.building import (
    COLLECTION,
    HOST,
    make_repository,
    make_service,
    make_services,
    make_source,
)
from tests.kiosk.sync.machine import NO_INDEX, make_machine


def publish(repository, summary: str, **source: object) -> None:
    publication.publish(repository, make_source([make_service(summary=summary)], **source))


def test_a_new_machine_gets_the_published_catalog(tmp_path, repository):
    machine = make_machine(tmp_path / "new", repository)
    outcome = machine.sync()
    assert (outcome.result, outcome.version, outcome.error) == ("updated", 1, None)
    assert machine.shown() == (1, {"passport": "第1版"})
    assert machine.is_whole()


def test_a_second_question_is_one_small_request(machine):
    machine.sync()
    outcome = machine.sync()
    assert (outcome.result, outcome.version, outcome.requests) == ("unchanged", 1, 1)


def test_a_new_version_is_taken_and_the_one_before_is_kept(machine, repository):
    machine.sync()
    first = machine.active.file
    publish(repository, "第2版")
    outcome = machine.sync()
    assert (outcome.result, outcome.version) == ("updated", 2)
    assert machine.shown() == (2, {"passport": "第2版"})
    assert machine.active.previous == first
    publish(repository, "第3版")
    machine.sync()
    assert not first.exists()
    assert len(list(machine.data_dir.glob("catalog-*"))) == 2


def test_a_reader_that_has_the_old_file_open_reads_on(machine, repository):
    machine.sync()
    with closing(CatalogReader(machine.active.file)) as reader:
        for n in (2, 3, 4):
            publish(repository, f"第{n}版")
            machine.sync()
        assert reader.service("passport").summary.zh == "第1版"


def test_a_machine_many_versions_behind_comes_to_the_newest(machine, repository):
    machine.sync()
    for n in range(2, 7):
        publish(repository, f"第{n}版")
    assert machine.sync().version == 6


def test_a_timestamp_that_was_only_signed_again_changes_nothing(machine, repository):
    machine.sync()
    before = machine.active
    publication.renew(repository)
    outcome = machine.sync()
    assert outcome.result == "unchanged"
    assert outcome.requests <= 3
    assert machine.active == before
    assert machine.sync().requests == 1


def test_what_says_nothing_new_is_not_believed_for_longer_than_six_hours(machine):
    machine.sync()
    machine.clock.advance(hours=5)
    assert machine.sync().requests == 1
    machine.clock.advance(hours=2)
    assert machine.sync().requests > 1
    assert machine.sync().requests == 1


def test_a_clock_that_was_set_back_makes_everything_be_looked_at(machine):
    machine.sync()
    machine.clock.advance(days=-3650)
    outcome = machine.sync()
    assert outcome.result == "unchanged"
    assert outcome.requests > 1


def test_an_empty_repository_is_an_answer_that_brings_nothing(tmp_path):
    machine = make_machine(tmp_path / "kiosk", make_repository(tmp_path / "hub"))
    outcome = machine.sync()
    assert outcome.result == "refused"
    assert outcome.version is None
    assert isinstance(outcome.error, HubAnswerError)


def link_hosts(machine) -> list[str]:
    with closing(sqlite3.connect(machine.active.file)) as connection:
        rows = connection.execute("SELECT value FROM meta WHERE name = 'link_hosts'").fetchall()
    return msgspec.json.decode(rows[0][0])


def test_a_changed_list_of_hosts_reaches_the_file_without_fetching_the_records(machine, repository):
    machine.sync()
    publish(repository, "第1版", link_hosts=(HOST, "b.example"))
    outcome = machine.sync()
    assert (outcome.result, outcome.version) == ("updated", 1)
    assert link_hosts(machine) == ["b.example", HOST]
    assert not any("full" in path.name for path in (machine.data_dir / "staging").iterdir())
    assert outcome.bytes_received < 5000


def test_a_program_with_another_index_builds_the_file_again_without_fetching(machine):
    machine.sync()
    machine.index = SearchIndex(1, NO_INDEX.build)
    outcome = machine.sync()
    assert (outcome.result, outcome.version) == ("updated", 1)
    assert machine.active.file.name == f"catalog-{COLLECTION}-1-2.sqlite"
    assert machine.sync().requests == 1


def test_damaged_records_are_fetched_again_when_the_file_must_be_rebuilt(machine):
    machine.sync()
    with closing(sqlite3.connect(machine.active.file)) as connection:
        connection.execute("UPDATE record SET body = 'x'")
        connection.commit()
    machine.index = SearchIndex(1, NO_INDEX.build)
    assert machine.sync().result == "updated"
    assert machine.is_whole()


def test_a_damaged_file_is_left_for_the_one_before_and_healed_by_the_next_sync(machine, repository):
    machine.sync()
    publish(repository, "第2版")
    machine.sync()
    machine.active.file.write_bytes(b"\x00" * 5000)
    recovered = machine.recover()
    assert (recovered.result, recovered.version) == ("updated", 1)
    assert machine.shown() == (1, {"passport": "第1版"})
    assert machine.sync().version == 2
    assert machine.shown() == (2, {"passport": "第2版"})


def test_a_machine_with_nothing_left_to_trust_starts_anew(machine):
    machine.sync()
    machine.active.file.unlink()
    recovered = machine.recover()
    assert (recovered.result, recovered.version) == ("updated", None)
    assert machine.active is None
    assert machine.sync().version == 1
    assert machine.recover().result == "unchanged"


def test_a_damaged_state_is_begun_anew_and_the_catalog_fetched_again(machine):
    machine.sync()
    (machine.data_dir / "state.db").write_bytes(b"\xff" * 9000)
    assert machine.sync().result == "updated"
    assert machine.shown() == (1, {"passport": "第1版"})
    assert len(list(machine.data_dir.glob("catalog-*"))) == 1


def test_two_syncs_do_not_run_at_once(machine):
    with only_one(machine.data_dir / "sync.lock"):
        outcome = machine.sync()
    assert outcome.result == "refused"
    assert "another sync" in str(outcome.error)
    assert machine.sync().error is None


def test_a_stick_brings_what_the_line_would(machine, repository, tmp_path):
    kit.export(repository, tmp_path / "stick", timedelta(days=30))
    machine.source = FolderSource(tmp_path / "stick")
    assert machine.sync().version == 1
    publish(repository, "第2版")
    machine.source = FolderSource(repository.metadata_dir.parent)
    assert machine.sync().version == 2
    machine.source = FolderSource(tmp_path / "stick")
    assert machine.sync().version == 2
    assert machine.shown() == (2, {"passport": "第2版"})


def test_an_old_stick_is_refused_even_by_a_machine_that_lost_its_metadata(
    machine, repository, tmp_path
):
    kit.export(repository, tmp_path / "stick", timedelta(days=30))
    publish(repository, "第2版")
    machine.sync()
    for path in (machine.data_dir / "tuf").glob("*.json"):
        path.unlink()
    machine.source = FolderSource(tmp_path / "stick")
    assert "was seen before" in str(machine.sync().error)


def put(repository, head: heads.Head, bodies: dict[str, bytes]) -> None:
    """Publish with every key, but past the hub's own checks."""
    built = edition.build(bodies, head.collection, head.version, repository.now())
    content = heads.encode(head)
    custom = msgspec.to_builtins(head)
    repository.replace(
        [
            Artifact(heads.path_of(COLLECTION), content, custom),
            Artifact(f"catalog/{COLLECTION}/full.jsonl.zst", built.full, {"to": head.version}),
        ]
    )


def next_head(repository, bodies: dict[str, bytes], **changed: object) -> heads.Head:
    built = edition.build(bodies, COLLECTION, 2, repository.now())
    return msgspec.structs.replace(built.head, **changed)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"collection": "110000"}, "of 110000"),
        ({"schema": 3}, "schema 3"),
        ({"min_app": "9.0"}, r"asks for program 9\.0"),
        ({"count": 3}, "3 were signed"),
        ({"digest": "0" * 64}, "not the ones that were signed"),
        ({"version": 1}, "published twice"),
    ],
)
def test_a_head_that_does_not_fit_is_refused_and_the_old_edition_stays(
    machine, repository, changed, message
):
    machine.sync()
    bodies = edition.bodies_of(make_source([make_service(summary="坏的")]).records)
    put(repository, next_head(repository, bodies, **changed), bodies)
    outcome = machine.sync()
    assert isinstance(outcome.error, NotTrustedError)
    assert message.replace("\\", "") in str(outcome.error)
    assert machine.shown() == (1, {"passport": "第1版"})


def test_a_link_that_two_publishers_signed_is_refused_where_the_list_does_not_allow_it(
    machine, repository
):
    machine.sync()
    service = make_service(url="https://evil.example/pay")
    bodies = edition.bodies_of(make_source([service]).records)
    put(repository, next_head(repository, bodies), bodies)
    outcome = machine.sync()
    assert "https://evil.example/pay, which is not on the list" in str(outcome.error)
    assert machine.shown() == (1, {"passport": "第1版"})


def test_limits_of_this_machine_are_kept(tmp_path, repository):
    machine = make_machine(tmp_path / "new", repository)
    machine.limit(snapshot_max_bytes=100)
    assert isinstance(machine.sync().error, HubAnswerError)
    machine.limit(snapshot_max_bytes=100_000, content_max_bytes=500)
    assert "at most 500 are allowed" in str(machine.sync().error)
    machine.limit(content_max_bytes=100_000)
    assert machine.sync().version == 1


def test_nothing_is_left_in_the_staging_folder_but_the_small_files(machine, repository):
    publication.publish(repository, make_source([make_service(), *make_services(50)]))
    machine.sync()
    kept = {path.name for path in (machine.data_dir / "staging").iterdir()}
    assert kept == {f"catalog%2F{COLLECTION}%2Fhead.json", "policy%2Flinks.json"}
