"""IPP as bytes: what is written can be read, and no bytes of anybody's do harm."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.errors import PrinterError
from kiosk.printing.ipp.wire import Given, Group, Tag, read, written

_HEAD = b"\x02\x00\x00\x00\x00\x00\x00\x01"
_WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
_NAMES = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=30)
_GIVEN = st.one_of(
    st.builds(
        Given,
        _NAMES,
        st.sampled_from([Tag.KEYWORD, Tag.NAME, Tag.URI]),
        st.lists(_WORDS, min_size=1, max_size=4).map(tuple),
    ),
    st.builds(
        Given,
        _NAMES,
        st.just(Tag.INTEGER),
        st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1, max_size=4).map(tuple),
    ),
    st.builds(Given, _NAMES, st.just(Tag.BOOLEAN), st.booleans().map(lambda one: (one,))),
)
_UNIQUE = st.lists(_GIVEN, max_size=6, unique_by=lambda one: one.name).map(tuple)


@given(_UNIQUE, _UNIQUE)
def test_what_is_written_is_what_is_read(about: tuple[Given, ...], job: tuple[Given, ...]) -> None:
    answer = read(written(0x000B, 7, about, job))
    assert answer.about(Group.OPERATION) == ({one.name: one.values for one in about},)
    assert answer.about(Group.JOB) == (({one.name: one.values for one in job},) if job else ())


@given(st.binary(max_size=200))
def test_bytes_that_are_no_answer_are_refused_and_nothing_else_happens(noise: bytes) -> None:
    try:
        answer = read(_HEAD + noise)
    except PrinterError:
        return
    assert answer.is_ok


@given(_UNIQUE, st.data())
def test_an_answer_that_breaks_off_is_none(about: tuple[Given, ...], data: st.DataObject) -> None:
    message = written(0, 1, about)
    end = data.draw(st.integers(0, len(message) - 1))
    with pytest.raises(PrinterError):
        read(message[:end])


def test_collections_are_read_over_however_deep() -> None:
    def value(tag: int, name: bytes, data: bytes = b"") -> bytes:
        sized = (struct.pack(">H", len(part)) + part for part in (name, data))
        return bytes([tag]) + b"".join(sized)

    inner = value(0x34, b"") + value(0x4A, b"", b"x") + value(0x21, b"", b"\0\0\0\1")
    deep = value(0x34, b"media-col") + value(0x4A, b"", b"size") + inner + value(0x37, b"") * 2
    message = _HEAD + b"\x04" + deep + value(0x23, b"printer-state", b"\0\0\0\3") + b"\x03"
    assert read(message).about(Group.PRINTER) == ({"printer-state": (3,)},)


@pytest.mark.parametrize(("status", "is_ok"), [(0x0000, True), (0x0001, True), (0x0406, False)])
def test_a_status_says_whether_it_was_done(status: int, is_ok: bool) -> None:
    assert read(b"\x02\x00" + struct.pack(">HI", status, 1) + b"\x03").is_ok is is_ok
