"""Tests in a real browser: run by `make test-browser`, which installs it, and by nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Only where these were asked for by name."""
    asked = [Path(one.partition("::")[0]).resolve() for one in config.args]
    return None if any(one.is_relative_to(HERE) for one in asked) else True
