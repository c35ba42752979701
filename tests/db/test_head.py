"""The head: its bytes are exact and nothing unknown passes."""

from __future__ import annotations

import msgspec
import pytest

from db import head

HEAD = head.Head(
    schema=1,
    collection="990100",
    version=7,
    count=3,
    digest="0" * 64,
    published="2026-11-22T08:00:00Z",
    min_app="0.1.0",
)


def test_a_head_comes_back_from_its_bytes():
    assert head.decode(head.encode(HEAD)) == HEAD


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 0),
        ("digest", "0" * 63),
        ("digest", "G" * 64),
        ("collection", "../x"),
        ("published", "yesterday"),
        ("min_app", "soon"),
        ("count", -1),
        ("surprise", True),
    ],
)
def test_a_head_with_a_wrong_field_is_refused(field, value):
    fields = {**msgspec.to_builtins(HEAD), field: value}
    with pytest.raises(head.HeadError):
        head.decode(msgspec.json.encode(fields))


def test_what_is_no_json_is_no_head():
    with pytest.raises(head.HeadError):
        head.decode(b"<html>")
