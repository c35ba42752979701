from __future__ import annotations

from db.records import Channel
from hub.config import Doors
from hub.phone.door import door_of, phone_channel
from tests.hub.phone.building import DOOR, HOST, make_catalog, make_service, t


def test_the_first_door_whose_host_is_signed_is_taken() -> None:
    channels = (
        Channel("counter", t("窗口")),
        Channel("web", t("别处"), url="https://elsewhere.example/"),
        Channel("web", t("网上大厅"), url=DOOR),
        Channel("web", t("另一个"), url=f"https://{HOST}/other"),
    )
    service = make_service(channels=channels)
    door = door_of(service, make_catalog(service), Doors(), "")
    assert door is not None
    assert (door.url, door.host, door.origin) == (DOOR, HOST, f"https://{HOST}")


def test_a_telephone_is_found_among_the_ways() -> None:
    by_phone = Channel("phone", t("电话办"), phone="12333")
    assert (
        phone_channel(make_service(channels=(Channel("counter", t("窗口")), by_phone))) == by_phone
    )
    assert phone_channel(make_service()) is None
