"""The published records: strict, canonical, and readable by the screens."""

from __future__ import annotations

import inspect
import types
import typing

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import records
from hub.authoring.yaml_source import Source
from kiosk.core import catalog
from kiosk.core.value import Value

KINDS = {records.kind_of(kind): kind for kind in records.RECORD_TYPES}
SHOWN = [
    kind
    for _, kind in inspect.getmembers(catalog, inspect.isclass)
    if issubclass(kind, Value)
    and kind.__module__ == catalog.__name__
    and kind is not catalog.Edition
]


def test_every_record_of_the_demo_city_comes_back_from_its_bytes(demo_source: Source) -> None:
    for record in demo_source.records:
        body = records.encode(record)
        assert b"\n" not in body
        assert records.decode(body) == record
        assert records.encode(records.decode(body)) == body
        assert records.name_of(body).key == records.key_of(record)


def test_the_demo_city_has_records_of_every_kind(demo_source: Source) -> None:
    assert {type(record) for record in demo_source.records} == set(records.RECORD_TYPES)


def test_every_record_that_is_shown_can_be_read_by_the_screens(
    demo_bodies: dict[str, bytes],
) -> None:
    shown = {kind.__name__.lower(): kind for kind in SHOWN}
    read = 0
    for key, body in demo_bodies.items():
        kind = key.partition("/")[0]
        if kind in shown:
            value = msgspec.json.decode(body, type=shown[kind])
            assert value.id == key.partition("/")[2]
            read += 1
    assert read == sum(not key.startswith("alias/") for key in demo_bodies)


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_every_field_of_a_shown_value_is_a_field_of_the_record(kind: type[Value]) -> None:
    record = getattr(records, kind.__name__)
    published = dict(zip(record.__struct_fields__, _types(record), strict=True))
    for name, shown in zip(kind.__struct_fields__, _types(kind), strict=True):
        assert name in published, f"{kind.__name__}.{name} is never published"
        assert _plain(shown) == _plain(published[name]), f"{kind.__name__}.{name}"


def _types(kind: type) -> list[object]:
    hints = typing.get_type_hints(kind)
    return [hints[name] for name in kind.__struct_fields__]  # type: ignore[attr-defined]


def _plain(hint: object) -> str:
    """A type without its limits; values of both sides are called by their names."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(sorted(_plain(one) for one in arguments))
    if arguments:
        return f"{origin}[{', '.join(_plain(one) for one in arguments)}]"
    return hint.__name__ if isinstance(hint, type) else repr(hint)


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_field_is_refused_anywhere(kind: str, demo_bodies: dict[str, bytes]) -> None:
    body = next(body for key, body in demo_bodies.items() if key.startswith(f"{kind}/"))
    whole = msgspec.json.decode(body)
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        records.decode(msgspec.json.encode({**whole, "colour": "red"}))
    for name, value in whole.items():
        if isinstance(value, dict):
            inner = {**whole, name: {**value, "colour": "red"}}
            with pytest.raises(msgspec.ValidationError, match="unknown field"):
                records.decode(msgspec.json.encode(inner))


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_field_is_refused(kind: str, demo_bodies: dict[str, bytes]) -> None:
    body = next(body for key, body in demo_bodies.items() if key.startswith(f"{kind}/"))
    whole = msgspec.json.decode(body)
    required = [one.encode_name for one in msgspec.structs.fields(KINDS[kind]) if one.required]
    for name in (*required, "kind"):
        shortened = {key: value for key, value in whole.items() if key != name}
        with pytest.raises(msgspec.ValidationError):
            records.decode(msgspec.json.encode(shortened))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "With Capitals"),
        ("id", "../etc/passwd"),
        ("id", "a" * 61),
        ("number", 0),
        ("number", 2**24),
        ("number", "13001"),
        ("popularity", 101),
        ("name", {"zh": ""}),
        ("name", {"zh": "长" * 401}),
        ("name", "护照"),
        ("handling", "soon"),
        ("visits", 10),
        ("consult", "call us"),
        ("channels", [{"via": "web", "title": {"zh": "网"}, "url": "http://plain.example/"}]),
        ("channels", [{"via": "web", "title": {"zh": "网"}, "url": "javascript:alert(1)"}]),
        ("channels", [{"via": "web", "title": {"zh": "网"}, "url": "https://u:p@host.example/"}]),
        ("channels", [{"via": "web", "title": {"zh": "网"}, "url": "https://host.example/ x"}]),
        ("reviewed", "yesterday"),
        ("peak_months", [0]),
        ("peak_months", [13]),
        ("proxy", {"allowed": "maybe", "reason": {"zh": "看情况"}}),
        ("proxy", {"allowed": "yes", "reason": {"zh": "能"}, "helpers": ["mother"]}),
        ("proxy", {"allowed": "yes", "reason": {"zh": "能"}, "exceptions": [{"case": "busy"}]}),
        ("proxy", {"allowed": "yes", "reason": {"zh": "能"}, "collect": True}),
        (
            "fee",
            {
                "charged": True,
                "items": [{"name": {"zh": "费"}, "unit": {"zh": "元"}, "amount": "4,5"}],
            },
        ),
    ],
)
def test_a_value_of_the_wrong_shape_is_refused(
    field: str, value: object, demo_bodies: dict[str, bytes]
) -> None:
    whole = msgspec.json.decode(demo_bodies["service/id-card-lost"])
    with pytest.raises(msgspec.ValidationError):
        records.decode(msgspec.json.encode({**whole, field: value}))


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [
        ("hall/city-hall", "plan", [{"floor": {"zh": "1楼"}, "width": 24, "height": 16}]),
        (
            "hall/city-hall",
            "plan",
            [
                {
                    "floor": {"zh": "楼"},
                    "width": 65,
                    "height": 9,
                    "areas": [{"kind": "lift", "x": 1, "y": 1}],
                }
            ],
        ),
        (
            "hall/city-hall",
            "plan",
            [
                {
                    "floor": {"zh": "1楼"},
                    "width": 24,
                    "height": 16,
                    "areas": [{"kind": "shop", "x": 1, "y": 1}],
                }
            ],
        ),
        ("material/id-card", "holder", "somebody"),
        ("material/id-card", "stands_for", "ID card"),
        ("event/ill", "questions", [{"ask": {"zh": "吗"}, "options": [{"label": {"zh": "是"}}]}]),
        ("event/ill", "questions", [None]),
        ("bulletin/pay-nobody", "valid_to", "2026-11-22"),
        ("bulletin/pay-nobody", "valid_to", "2026-11-22T08:00"),
        ("bulletin/pay-nobody", "must_read", "yes"),
        ("pick/ride-free", "months", [13]),
        ("pick/ride-free", "service", None),
    ],
)
def test_a_value_of_the_wrong_shape_is_refused_in_other_kinds_too(
    key: str, field: str, value: object, demo_bodies: dict[str, bytes]
) -> None:
    whole = msgspec.json.decode(demo_bodies[key])
    with pytest.raises(msgspec.ValidationError):
        records.decode(msgspec.json.encode({**whole, field: value}))


def test_what_is_not_said_takes_no_bytes(demo_source: Source) -> None:
    bulletin = next(one for one in demo_source.records if isinstance(one, records.Bulletin))
    plain = records.Bulletin(
        "x", records.Text("停"), records.Text("停"), bulletin.valid_from, bulletin.valid_to
    )
    assert set(msgspec.json.decode(records.encode(plain))) == {
        "kind",
        "id",
        "title",
        "text",
        "valid_from",
        "valid_to",
    }


@given(st.binary(max_size=200))
def test_any_bytes_are_a_record_or_refused(body: bytes) -> None:
    with pytest.raises((msgspec.ValidationError, msgspec.DecodeError)):
        records.decode(body)


def test_all_texts_of_a_record_are_found(demo_source: Source) -> None:
    lost = next(record for record in demo_source.records if record.id == "id-card-lost")
    assert isinstance(lost, records.Service)
    words = [text.zh for text in records.texts_of(lost)]
    assert words[:2] == [lost.name.zh, lost.plain_name.zh]
    assert lost.questions[-1].answer.zh in words
    assert lost.situations[0].options[0].label.zh in words
    assert len(words) == records.encode(lost).count(b'"zh":')
