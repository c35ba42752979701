"""Clerks whose errands are done at once, or when a test says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.builders import ImmediateExecutor, PatientExecutor
from tests.kiosk.clerk.office import Hall


@pytest.fixture
def patient() -> PatientExecutor:
    return PatientExecutor()


@pytest.fixture
def hall() -> Iterator[Hall]:
    """Every errand is done while it is asked for."""
    made = Hall(ImmediateExecutor())
    yield made
    made.close()


@pytest.fixture
def slow(patient: PatientExecutor) -> Hall:
    """Errands wait until the test has them done."""
    return Hall(patient)
