"""What a printer's bytes mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.printing import Fault
from kiosk.printing.status import (
    Answer,
    Inbox,
    Message,
    Push,
    Reply,
    Status,
    name_of,
    status_of,
    status_of_cable,
    status_of_push,
)

WELL = b"\x10\x00\x00\x00"
NO_PAPER = b"\x18\x00\x0c\x00"


def heard(*reads: bytes) -> list[Message]:
    inbox = Inbox()
    return [message for data in reads for message in inbox.sort(data)]


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({}, Status()),
        ({1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}, Status()),
        ({1: 0x1A, 2: 0x32, 4: 0x72}, Status(Fault.NO_PAPER)),
        ({1: 0x1A, 2: 0x16}, Status(Fault.COVER_OPEN)),
        ({1: 0x1A, 2: 0x52, 3: 0x1A}, Status(Fault.JAM)),
        ({1: 0x1A, 2: 0x52, 3: 0x52}, Status(Fault.OVERHEATED)),
        ({1: 0x1A, 2: 0x52, 3: 0x32}, Status(Fault.OFFLINE)),
        ({1: 0x1A}, Status(Fault.OFFLINE)),
        ({4: 0x1E}, Status(low_paper=True)),
        ({4: 0x7E}, Status(Fault.NO_PAPER, low_paper=True)),
    ],
)
def test_answers_name_the_fault(answers: dict[int, int], status: Status) -> None:
    assert status_of(answers) == status


@pytest.mark.parametrize(
    ("pushed", "status"),
    [
        (WELL, Status()),
        (NO_PAPER, Status(Fault.NO_PAPER)),
        (b"\x38\x00\x00\x00", Status(Fault.COVER_OPEN)),
        (b"\x18\x08\x00\x00", Status(Fault.JAM)),
        (b"\x18\x40\x00\x00", Status(Fault.OVERHEATED)),
        (b"\x18\x00\x00\x00", Status(Fault.OFFLINE)),
        (b"\x10\x20\x00\x00", Status(Fault.OFFLINE)),
        (b"\x10\x00\x03\x00", Status(low_paper=True)),
    ],
)
def test_pushes_name_the_fault(pushed: bytes, status: Status) -> None:
    assert status_of_push(pushed) == status


@pytest.mark.parametrize(
    ("byte", "status"),
    [
        (0x18, Status()),
        (0x38, Status(Fault.NO_PAPER)),
        (0x20, Status(Fault.NO_PAPER)),
        (0x08, Status(Fault.OFFLINE)),  # not selected
        (0x10, Status(Fault.OFFLINE)),  # an error
        (0x00, Status()),  # a clone that never sets a bit
        (0xDF, Status()),  # what is not defined means nothing
    ],
)
def test_the_status_byte_of_a_usb_cable(byte: int, status: Status) -> None:
    assert status_of_cable(byte) == status


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (b"_TM-T82III\0", "TM-T82III"),
        (b"\x12\x10\0\0\0_XP-80C\0", "XP-80C"),
        (b"_TM-T82", ""),  # not all of it yet
        (b"TM-T82\0", ""),
        (b"_\0", ""),
        (b"", ""),
        (b"_ \x1b[31m\xe4\xff POS-80 \0", "[31m POS-80"),
        (b"_" + b"x" * 90 + b"\0", "x" * 40),
    ],
)
def test_the_name_is_made_fit_to_be_shown(said: bytes, name: str) -> None:
    assert name_of(said) == name


@given(st.binary(max_size=80))
def test_any_name_is_short_and_printable(said: bytes) -> None:
    name = name_of(said)
    assert len(name) <= 40
    assert name.isascii()
    assert not name or name.isprintable()


def test_messages_are_told_apart_in_one_read() -> None:
    assert heard(b"\x12" + NO_PAPER + b"\x00\x03\x0c") == [
        Answer(0x12),
        Push(Status(Fault.NO_PAPER)),
        Reply(low_paper=False, paper_out=False),
        Reply(low_paper=True, paper_out=False),
        Reply(low_paper=False, paper_out=True),
    ]


def test_a_real_time_answer_may_stand_inside_a_push() -> None:
    assert heard(b"\x18\x00\x12\x0c\x00") == [Answer(0x12), Push(Status(Fault.NO_PAPER))]


def test_the_receipt_for_clearing_is_no_reply() -> None:
    assert heard(b"\x37\x25") == []


def test_flow_control_is_passed_over() -> None:
    assert heard(b"\x11\x13") == []


@given(st.lists(st.sampled_from([b"\x12", WELL, NO_PAPER, b"\x00", b"\x03", b"\x37"])), st.data())
def test_it_does_not_matter_how_the_bytes_are_cut(sent: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(sent)
    cut = data.draw(st.integers(0, len(stream)))
    assert heard(stream[:cut], stream[cut:]) == heard(stream)


@given(st.binary(max_size=40))
def test_any_bytes_are_survived(data: bytes) -> None:
    heard(data)
