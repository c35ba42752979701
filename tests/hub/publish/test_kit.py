"""The copy on a stick: complete, good for longer, and judged by the same signatures."""

from __future__ import annotations

from datetime import timedelta

from tuf.api.metadata import Metadata

from hub.publish import kit, publication
from hub.publish.repository import Repository
from tests.hub.publish.building import COLLECTION, files_of, make_next_source, make_published


def test_a_kit_holds_the_current_files_and_no_older_ones(tmp_path):
    repository = make_published(tmp_path / "hub")
    publication.publish(repository, make_next_source())
    size = kit.export(repository, tmp_path / "stick", timedelta(days=30))
    copied = files_of(tmp_path / "stick")
    assert size == sum(len(content) for content in copied.values())
    assert sum(name.endswith(".full.jsonl.zst") for name in copied) == 1
    assert {name for name in copied if name.startswith("metadata/")} == {
        "metadata/timestamp.json",
        "metadata/1.root.json",
        "metadata/1.targets.json",
        "metadata/2.policy.json",
        f"metadata/3.catalog-{COLLECTION}.json",
        f"metadata/3.transport-{COLLECTION}.json",
        "metadata/3.snapshot.json",
    }


def test_only_the_online_signatures_of_a_kit_last_longer(tmp_path):
    repository = make_published(tmp_path / "hub")
    own = repository.tree().expiries()
    kit.export(repository, tmp_path / "stick", timedelta(days=30))
    folder = tmp_path / "stick" / "metadata"
    timestamp = Metadata.from_file(str(folder / "timestamp.json")).signed
    catalog = Metadata.from_file(str(folder / f"2.catalog-{COLLECTION}.json")).signed
    assert timestamp.expires - repository.now() == timedelta(days=30)
    assert catalog.expires == own[f"catalog-{COLLECTION}"]


def test_making_a_kit_changes_nothing_at_the_hub(tmp_path):
    repository = make_published(tmp_path / "hub")
    before = files_of(tmp_path / "hub")
    kit.export(repository, tmp_path / "stick", timedelta(days=30))
    assert files_of(tmp_path / "hub") == before


def test_a_kit_reads_like_a_repository(tmp_path):
    repository = make_published(tmp_path / "hub")
    kit.export(repository, tmp_path / "stick" / "repository", timedelta(days=30))
    assert Repository(tmp_path / "stick").read_current() == repository.read_current()
