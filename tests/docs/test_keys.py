"""The wiring of a keypad is documented key by key, as the program's one table has it."""

from __future__ import annotations

from kiosk.core.keys import KEYS, Key
from tests.docs.reading import DOCS, rows, section, spans

WIRING = list(rows(section(DOCS / "operations.md", "Keypad, switches, headphones")))


def test_every_key_has_its_row_in_order() -> None:
    assert [row["what for"] for row in WIRING] == [key.value for key in Key]


def test_every_row_names_all_that_may_be_sent_and_nothing_else() -> None:
    sent: dict[str, list[str]] = {key.value: [] for key in Key}
    for name, key in KEYS.items():
        sent[key.value].append(name)
    assert {row["what for"]: spans(row["sends"]) for row in WIRING} == sent


def test_every_row_says_what_it_does() -> None:
    assert all(row["does"] for row in WIRING)
