"""A folder of source files for every test of this package."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.hub.authoring.small_source import CITY, SERVICE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "city.yaml").write_text(dedent(CITY), "utf-8")
    (tmp_path / "passport.yaml").write_text(dedent(SERVICE), "utf-8")
    return tmp_path
