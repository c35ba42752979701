"""What the tests of the voice share: a flag, and the dictionary, which takes a moment to load."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.voice.child import Interrupt
from kiosk.voice.text.pinyin import Reader, read_readings


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Reads with all corrections."""
    return Reader(read_readings())


@pytest.fixture
def interrupt() -> Iterator[Interrupt]:
    """Not set."""
    flag = Interrupt()
    yield flag
    flag.close()
