"""The judgements of a sync: functions of values, so every case is a line."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import digest
from db.head import Head
from db.records import SCHEMA_VERSION
from kiosk.core.errors import NotTrustedError
from kiosk.store.state import Floor
from kiosk.sync import verify

BODIES = {"alias/a": b'{"kind":"alias"}', "service/s": b'{"kind":"service","id":"s"}'}
HEAD = Head(
    schema=SCHEMA_VERSION,
    collection="990100",
    version=7,
    count=2,
    digest=digest.digest_of(BODIES).hex(),
    published="2026-11-22T08:00:00Z",
    min_app="0.2.0",
)


def changed(**fields: object) -> Head:
    return msgspec.structs.replace(HEAD, **fields)


def service(url: str) -> dict[str, bytes]:
    return {"service/s": msgspec.json.encode({"channels": [{"via": "web", "url": url}]})}


def test_versions_at_or_above_the_floors_pass():
    floors = {"root": Floor(1, "r"), "snapshot": Floor(5, "s")}
    seen = {"root": Floor(2, "r2"), "snapshot": Floor(5, "s"), "targets": Floor(1, "t")}
    verify.require_floors(seen, floors)


@pytest.mark.parametrize("role", ["root", "timestamp", "snapshot", "targets", "catalog-990100"])
def test_a_version_below_its_floor_is_refused(role):
    with pytest.raises(NotTrustedError, match=f"{role} is version 4, but 5 was seen before"):
        verify.require_floors({role: Floor(4, "k")}, {role: Floor(5, "k")})


def test_new_keys_begin_anew_so_that_a_stolen_one_cannot_block_for_ever():
    verify.require_floors({"timestamp": Floor(1, "new")}, {"timestamp": Floor(10**9, "stolen")})


def test_the_root_never_begins_anew():
    with pytest.raises(NotTrustedError):
        verify.require_floors({"root": Floor(1, "old")}, {"root": Floor(2, "new")})


def test_a_head_that_fits_passes():
    verify.require_head(HEAD, "990100", "0.2.0")
    verify.require_head(HEAD, "990100", "1.0")
    verify.require_head(HEAD, "990100", "0.10.0")


@pytest.mark.parametrize(
    ("head", "app", "message"),
    [
        (changed(collection="110000"), "0.2.0", "of 110000"),
        (changed(schema=SCHEMA_VERSION + 1), "0.2.0", "schema 3"),
        (HEAD, "0.1.9", r"asks for program 0\.2\.0"),
        (changed(min_app="0.10"), "0.9.9", r"asks for program 0\.10"),
    ],
)
def test_a_head_that_does_not_fit_is_refused(head, app, message):
    with pytest.raises(NotTrustedError, match=message):
        verify.require_head(head, "990100", app)


def test_the_same_head_again_passes_and_a_newer_one_too():
    verify.require_newer(HEAD, b"same", 7, b"same")
    verify.require_newer(HEAD, b"new", 6, b"old")


def test_an_older_head_is_refused():
    with pytest.raises(NotTrustedError, match="version 7 is older than 8"):
        verify.require_newer(HEAD, b"old", 8, b"new")


def test_another_head_of_the_same_version_is_refused():
    with pytest.raises(NotTrustedError, match="twice"):
        verify.require_newer(HEAD, b"one", 7, b"two")


def test_the_signed_records_pass():
    verify.require_content(HEAD, BODIES)


@given(st.dictionaries(st.sampled_from(["alias/a", "service/s", "alias/b"]), st.binary(max_size=9)))
def test_any_other_records_are_refused(bodies):
    with pytest.raises(NotTrustedError):
        verify.require_content(HEAD, bodies)


def test_a_link_to_a_listed_host_passes():
    verify.require_links(service("https://a.example/x?y=1"), ("b.example", "a.example"))
    verify.require_links(service("https://a.example"), ("a.example",))


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "https://a.example.evil.example/",
        "https://evil.example/a.example",
        "http://a.example/",
        "https://a.example@evil.example/",
        "https://a.example:8443/",
        "https://A.EXAMPLE/",
        "javascript:alert(1)",
        "//a.example/",
        "https://a.example\\@evil.example/",
        "https://а.example/",  # Cyrillic
    ],
)
def test_a_link_to_anywhere_else_is_refused(url):
    with pytest.raises(NotTrustedError):
        verify.require_links(service(url), ("a.example",))


def test_of_two_fields_of_the_same_name_the_last_is_judged_as_the_screen_reads_it():
    body = b'{"channels":[{"url":"https://a.example/"}],"channels":[{"url":"https://b.example/"}]}'
    with pytest.raises(NotTrustedError, match=r"b\.example"):
        verify.require_links({"service/s": body}, ("a.example",))


@given(st.binary(max_size=60))
def test_any_bytes_of_a_service_are_judged_and_raise_nothing_else(body):
    try:
        verify.require_links({"service/s": body}, ("a.example",))
    except NotTrustedError:
        return
