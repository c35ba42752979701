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
    status_of,
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
