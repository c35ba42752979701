"""The act of publishing, as its caller sees it."""

from __future__ import annotations

import pytest

from hub.authoring.findings import SourceError
from hub.publish import publication
from hub.publish.errors import NotConfirmedError
from tests.hub.publish.building import (
    HOST,
    files_of,
    make_next_source,
    make_published,
    make_repository,
    make_service,
    make_source,
)


def test_the_first_version_is_one_and_the_next_is_two(tmp_path):
    repository = make_repository(tmp_path)
    assert publication.publish(repository, make_source()).version == 1
    done = publication.publish(repository, make_next_source())
    assert (done.version, done.records, done.changed) == (2, 9, True)
    assert repository.read_current()[0].version == 2


def test_the_same_source_again_writes_nothing(tmp_path):
    repository = make_published(tmp_path)
    before = files_of(tmp_path / "repository")
    done = publication.publish(repository, make_source())
    assert (done.version, done.changed) == (1, False)
    assert files_of(tmp_path / "repository") == before


def test_a_source_with_an_error_writes_nothing(tmp_path):
    repository = make_published(tmp_path)
    before = files_of(tmp_path / "repository")
    bad = make_source([make_service(url="https://elsewhere.example/")])
    with pytest.raises(SourceError, match=r"elsewhere\.example is not on the policy's list"):
        publication.publish(repository, bad)
    assert files_of(tmp_path / "repository") == before


def test_a_changed_list_of_hosts_is_published_without_a_new_version(tmp_path):
    repository = make_published(tmp_path)
    done = publication.publish(repository, make_source(link_hosts=(HOST, "b.example")))
    assert (done.version, done.changed, done.full_bytes) == (1, True, 0)
    assert repository.link_hosts() == ("b.example", HOST)


def test_a_large_removal_writes_nothing_until_it_is_confirmed(tmp_path):
    repository = make_published(tmp_path, make_next_source())
    before = files_of(tmp_path / "repository")
    with pytest.raises(NotConfirmedError):
        publication.publish(repository, make_source())
    assert files_of(tmp_path / "repository") == before
    assert publication.publish(repository, make_source(), removals_confirmed=True).version == 2


def test_warnings_are_handed_on_and_keep_nothing_back(tmp_path):
    repository = make_repository(tmp_path)
    done = publication.publish(repository, make_source())
    assert {finding.severity for finding in done.warnings} == {"warning"}
