from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from hub.catalog_source import RepositorySource, on_disk
from hub.phone.catalog import Publication
from hub.publish import publication
from hub.publish.errors import RepositoryError
from hub.publish.repository import Repository
from tests.hub.phone.building import make_publication, make_service
from tests.hub.publish import building as publishing


class Shelf:
    """A repository that counts how often it is read."""

    def __init__(self, folder: Path) -> None:
        self.timestamp = folder / "timestamp.json"
        self.reads = 0
        self.held: Publication | None = None
        self.error: Exception | None = None

    def put(self, publication: Publication | None, mtime_s: int) -> None:
        self.held = publication
        self.timestamp.write_bytes(b"{}")
        os.utime(self.timestamp, (mtime_s, mtime_s))

    def read(self) -> Publication | None:
        self.reads += 1
        if self.error is not None:
            raise self.error
        return self.held


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_without_a_repository_there_is_no_catalog(shelf: Shelf) -> None:
    source = RepositorySource(shelf.timestamp, shelf.read)
    assert source.current() is None
    assert shelf.reads == 0


def test_a_catalog_is_read_once_and_again_after_the_next_publish(shelf: Shelf) -> None:
    shelf.put(make_publication(version=1), 1000)
    source = RepositorySource(shelf.timestamp, shelf.read)
    first = source.current()
    assert first is not None
    assert source.current() is first
    shelf.put(make_publication(make_service("other", 14001), version=2), 1001)
    second = source.current()
    assert second is not None
    assert (second.version, shelf.reads) == (2, 2)
    assert second.service_by_number(13003) is None


@pytest.mark.parametrize(
    "error", [RepositoryError("damaged"), OSError("gone"), ValueError("no record")]
)
def test_a_damaged_repository_leaves_the_last_good_catalog(
    shelf: Shelf, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.put(make_publication(version=1), 1000)
    source = RepositorySource(shelf.timestamp, shelf.read)
    good = source.current()
    shelf.put(None, 1001)
    shelf.error = error
    with caplog.at_level(logging.ERROR):
        assert source.current() is good
    assert "catalog-unreadable" in caplog.text
    shelf.error = None
    shelf.put(make_publication(version=3), 1002)
    mended = source.current()
    assert mended is not None
    assert mended.version == 3


def test_a_real_repository_is_followed_through_its_publications(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.create("990100")
    source = on_disk(tmp_path)
    assert source.current() is None
    for number in (13001, 13002):
        service = publishing.make_service(number=number, url=f"https://{publishing.HOST}/")
        made = publishing.make_source([service])
        publication.publish(repository, made, removals_confirmed=True)
        catalog = source.current()
        assert catalog is not None
        assert catalog.service_by_number(number) is not None
        assert catalog.may_link(f"https://{publishing.HOST}/")
        assert not catalog.may_link("https://evil.example/")
        assert not catalog.may_link(f"http://{publishing.HOST}/")
        assert not catalog.may_link(f"https://x@{publishing.HOST}/")
        assert not catalog.may_link(f"https://{publishing.HOST}:444/")
