"""One version of the catalog: built, read back, and compared with the one before."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest

from db import digest, records, snapshot
from hub.publish import edition
from hub.publish.errors import NotConfirmedError, NumberReusedError
from tests.hub.publish.building import COLLECTION, make_service, make_services, make_source

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def bodies(*services: records.Service) -> dict[str, bytes]:
    return edition.bodies_of(make_source(services).records)


def test_the_head_names_the_digest_of_what_the_snapshot_holds():
    built = edition.build(bodies(make_service()), COLLECTION, 3, NOON)
    found = snapshot.read(BytesIO(built.full))
    assert found == built.bodies
    assert built.head.digest == digest.digest_of(found).hex()
    assert (built.head.version, built.head.count) == (3, 7)
    assert built.head.published == "2026-11-22T12:00:00Z"


def test_records_come_in_the_order_of_their_keys():
    keys = list(bodies(*make_services(3)))
    assert keys == sorted(keys)


def test_a_proposed_alias_is_not_published_and_an_accepted_one_does_not_say_so():
    proposed = records.Alias(id="a1", text="本本", services=("passport",), state="proposed")
    accepted = records.Alias(id="a2", text="出国本", services=("passport",), state="accepted")
    assert edition.bodies_of([proposed, accepted]) == {
        "alias/a2": '{"kind":"alias","id":"a2","text":"出国本","services":["passport"]}'.encode()
    }


def test_one_removed_record_in_twenty_passes():
    old = bodies(*make_services(34))  # 40 records
    new = bodies(*make_services(32))
    edition.check_change(old, new, removals_confirmed=False)


def test_more_than_one_removed_record_in_twenty_wants_a_second_yes():
    old = bodies(*make_services(34))
    new = bodies(*make_services(31))
    with pytest.raises(NotConfirmedError, match="3 of 40"):
        edition.check_change(old, new, removals_confirmed=False)
    edition.check_change(old, new, removals_confirmed=True)


def test_a_short_number_never_names_another_service():
    old = bodies(make_service("passport", 13001))
    new = bodies(make_service("visa", 13001))
    with pytest.raises(NumberReusedError, match="13001 is the number of service/passport"):
        edition.check_change(old, new, removals_confirmed=True)


def test_a_service_may_get_another_number_that_nobody_had():
    old = bodies(make_service("passport", 13001))
    new = bodies(make_service("passport", 13002))
    edition.check_change(old, new, removals_confirmed=False)
