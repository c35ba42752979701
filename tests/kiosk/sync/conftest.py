"""A published repository and a kiosk that has its catalog, made once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import requests

from hub.publish.repository import Repository
from kiosk.store.state import FILE_NAME
from tests.hub.publish.building import make_clock, make_published, make_service, make_source
from tests.kiosk.sync.machine import Machine, make_machine
from tests.kiosk.sync.serving import serving


@pytest.fixture(scope="session")
def pattern(tmp_path_factory) -> Path:
    """`hub` with version 1, and `kiosk` that has synced from it."""
    folder = tmp_path_factory.mktemp("pattern")
    source = make_source([make_service(summary="第1版")])
    repository = make_published(folder / "hub", source)
    assert make_machine(folder / "kiosk", repository).sync().version == 1
    return folder


@pytest.fixture
def repository(pattern, tmp_path) -> Repository:
    """A hub that has published version 1."""
    shutil.copytree(pattern / "hub", tmp_path / "hub")
    return Repository(tmp_path / "hub", make_clock())


@pytest.fixture
def machine(pattern, tmp_path, repository) -> Machine:
    """A kiosk that has version 1 and asks the repository's folder; it never heard it before."""
    shutil.copytree(pattern / "kiosk", tmp_path / "kiosk", symlinks=True)
    assert (tmp_path / "kiosk" / FILE_NAME).is_file()
    return make_machine(tmp_path / "kiosk", repository)


@pytest.fixture
def hub(repository):
    """The hub's web server."""
    with serving(repository.metadata_dir.parent) as running:
        yield running


@pytest.fixture
def session():
    """A session of HTTP."""
    with requests.Session() as opened:
        yield opened
