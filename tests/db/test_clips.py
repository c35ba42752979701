"""The list of recorded sentences: exact bytes, nothing unknown, no name that leads elsewhere."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import clips
from db.clips import Clip

START = Clip("zh", "按这里开始", "start.wav")
NAME = "0" * 64 + ".wav"


def test_the_notation_of_the_document_is_read():
    content = (
        '{"version": 1, "clips": [{"language": "zh", "text": "按这里开始", "file": "start.wav"}]}'
    )
    assert clips.decode(content.encode()) == (START,)


@given(st.permutations([START, Clip("en", "Touch here", "b.wav"), Clip("zh", "结束", "a.wav")]))
def test_the_same_clips_in_another_order_are_the_same_bytes(listed):
    content = clips.encode(listed)
    assert content == clips.encode(reversed(listed))
    assert set(clips.decode(content)) == set(listed)


@pytest.mark.parametrize(
    "listed",
    [
        "<html>",
        {},
        {"clips": []},
        {"version": 2, "clips": []},
        {"version": 1, "clips": [], "more": 1},
        {"version": 1, "clips": [{"language": "zh", "text": "好"}]},
        {"version": 1, "clips": [{"language": "zh", "text": "", "file": "a.wav"}]},
        {"version": 1, "clips": [{"language": "zh", "text": "好" * 501, "file": "a.wav"}]},
        {"version": 1, "clips": [{"language": "../x", "text": "好", "file": "a.wav"}]},
        {"version": 1, "clips": [{"language": "zh", "text": "好", "file": "a.wav", "who": 1}]},
    ],
)
def test_anything_else_is_refused(listed):
    content = listed.encode() if isinstance(listed, str) else json.dumps(listed).encode()
    with pytest.raises(clips.ClipsError):
        clips.decode(content)


@pytest.mark.parametrize(
    "file", ["start.wav", "../" + NAME, "/" + NAME, "sub/" + NAME, NAME.upper(), NAME + "\n"]
)
def test_a_published_list_names_files_by_their_content_alone(file):
    content = clips.encode([Clip("zh", "好", file)])
    with pytest.raises(clips.ClipsError, match="named by its content"):
        clips.decode_published(content)


@pytest.mark.parametrize("text", ["a b", " a b ", "a\n b", "a\u3000b"])
def test_blanks_make_no_other_sentence(text):
    assert clips.words_of(text) == "a b"


def test_a_clip_is_named_by_its_content():
    name = clips.name_of(b"sound")
    assert clips.is_name(name)
    assert name != clips.name_of(b"another")
    listed = (Clip("zh", "好", name),)
    assert clips.decode_published(clips.encode(listed)) == listed
    assert clips.path_of(name) == f"speech/{name}"
