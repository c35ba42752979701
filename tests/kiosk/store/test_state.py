"""What a machine remembers, and what the screen reads of it without SQLAlchemy."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest

from kiosk.core.errors import CatalogDamagedError, DiskError
from kiosk.store import pointer
from kiosk.store.state import CatalogFile, Contact, Floor, State, open_state

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HUB = Contact("https://hub.example/", '"abc"', NOON, NOON)


@pytest.fixture
def state(tmp_path):
    with closing(open_state(tmp_path)) as opened:
        yield opened


def edition(version: int) -> CatalogFile:
    return CatalogFile(f"catalog-990100-{version}.sqlite", version, b"head", "policy")


def switch(state: State, version: int) -> None:
    floors = {"root": Floor(1, "r"), "timestamp": Floor(version, "t")}
    state.switch("990100", edition(version), floors, HUB)


def test_a_new_machine_remembers_nothing(state, tmp_path):
    assert state.active("990100") is None
    assert state.floors() == {}
    assert state.contact(HUB.source) is None
    assert pointer.read_active(tmp_path / "state.db", "990100") is None


def test_the_edition_before_is_kept_and_the_one_before_that_is_not(state):
    for version in (1, 2, 3):
        switch(state, version)
    assert state.active("990100") == edition(3)
    assert state.previous("990100") == edition(2)
    assert state.files() == {edition(2).file, edition(3).file}


def test_a_switch_keeps_floors_and_contact_with_it(state):
    switch(state, 7)
    assert state.floors() == {"root": Floor(1, "r"), "timestamp": Floor(7, "t")}
    assert state.contact(HUB.source) == HUB


def test_confirming_raises_the_floors_that_are_named_and_leaves_the_others(state):
    switch(state, 7)
    state.confirm({"timestamp": Floor(8, "t")}, HUB)
    assert state.floors() == {"root": Floor(1, "r"), "timestamp": Floor(8, "t")}
    assert state.active("990100") == edition(7)


def test_falling_back_forgets_what_the_hub_said_so_that_all_is_asked_again(state):
    switch(state, 1)
    switch(state, 2)
    state.fall_back("990100")
    assert state.active("990100") == edition(1)
    assert state.previous("990100") is None
    assert state.contact(HUB.source) is None
    state.fall_back("990100")
    assert state.active("990100") is None


def test_floors_outlive_falling_back(state):
    switch(state, 2)
    state.fall_back("990100")
    assert state.floors()["timestamp"] == Floor(2, "t")


def test_collections_do_not_touch_each_other(state):
    switch(state, 1)
    state.switch("110000", edition(9), {}, HUB)
    assert state.active("990100") == edition(1)
    assert state.previous("110000") is None


def test_a_state_is_there_again_after_closing(tmp_path):
    with closing(open_state(tmp_path)) as state:
        switch(state, 5)
    with closing(open_state(tmp_path)) as state:
        assert state.active("990100") == edition(5)


def test_the_pointer_names_files_beside_the_state(state, tmp_path):
    switch(state, 1)
    switch(state, 2)
    found = pointer.read_active(tmp_path / "state.db", "990100")
    assert found == pointer.ActiveCatalog(2, tmp_path / edition(2).file, tmp_path / edition(1).file)


def test_the_pointer_of_a_first_edition_has_no_way_back(state, tmp_path):
    switch(state, 1)
    assert pointer.read_active(tmp_path / "state.db", "990100").previous is None
    assert pointer.read_active(tmp_path / "state.db", "110000") is None


def test_the_pointer_is_none_where_the_state_has_no_such_table_yet(tmp_path):
    with closing(sqlite3.connect(tmp_path / "state.db")) as other:
        other.execute("CREATE TABLE print_slip (number INTEGER)")
    assert pointer.read_active(tmp_path / "state.db", "990100") is None


@pytest.mark.parametrize("content", [b"<html>" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_state_is_said_to_the_screen_and_begun_anew_by_the_worker(tmp_path, content):
    (tmp_path / "state.db").write_bytes(content)
    with pytest.raises(CatalogDamagedError):
        pointer.read_active(tmp_path / "state.db", "990100")
    with closing(open_state(tmp_path)) as state:
        assert state.active("990100") is None
    assert (tmp_path / "damaged-state.db").read_bytes() == content
    assert pointer.read_active(tmp_path / "state.db", "990100") is None


def test_every_flipped_byte_of_a_state_is_survived(tmp_path):
    with closing(open_state(tmp_path)) as state:
        switch(state, 1)
        switch(state, 2)
    sound = (tmp_path / "state.db").read_bytes()
    for place in range(0, len(sound), 97):
        damaged = bytearray(sound)
        damaged[place] ^= 0xFF
        (tmp_path / "state.db").write_bytes(damaged)
        with closing(open_state(tmp_path)) as state:
            found = state.active("990100")
        assert found is None or isinstance(found.version, int)


def test_a_state_that_cannot_be_kept_is_one_error_of_ours(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(DiskError):
        open_state(tmp_path / "taken")


def test_reading_the_pointer_needs_no_sqlalchemy():
    code = "import sys, kiosk.store.pointer; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
