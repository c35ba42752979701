from __future__ import annotations

import logging
from pathlib import Path

import pytest

from hub.phone.catalog import PublishedCatalog
from tests.hub.phone.building import Hub
from tests.hub.phone.markup import read


@pytest.fixture
def hub(tmp_path: Path):
    made = Hub(tmp_path)
    yield made
    made.close()


class BrokenSource:
    """A source that fails with words nobody may see."""

    def current(self) -> PublishedCatalog | None:
        raise RuntimeError("secret-in-an-error 007879")


@pytest.fixture
def broken(tmp_path: Path):
    made = Hub(tmp_path, BrokenSource())
    yield made
    made.close()


def test_the_hub_says_that_it_is_well_and_what_it_serves(hub: Hub) -> None:
    answer = hub.phone.get("/healthz")
    assert answer.json() == {"ok": True, "version": 7, "published": "2026-11-20T01:02:03Z"}
    assert answer.headers["cache-control"] == "no-store"


def test_before_the_first_publish_the_hub_is_well_but_serves_nothing(hub: Hub) -> None:
    hub.source.catalog = None
    assert hub.phone.get("/healthz").json() == {"ok": True, "version": None, "published": None}


def test_without_its_database_the_hub_is_not_well(hub: Hub) -> None:
    hub.engine.dispose()
    for file in hub.data.glob("hub.sqlite*"):
        file.unlink()
    hub.config.database.mkdir()
    answer = hub.phone.get("/healthz")
    assert (answer.status_code, answer.json()["ok"]) == (503, False)


@pytest.mark.parametrize("path", ["/", "/s/13003", "/k/" + "1" * 78, "/find?number=1"])
def test_an_unexpected_error_is_a_kind_page(
    broken: Hub, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = broken.phone.get(path)
    page = read(answer.text)
    assert answer.status_code == 500
    assert page.faults == []
    assert "不是您弄错了" in page.text
    assert "tel:12345" in page.links
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    for technical in ("Error", "error", "500", "Traceback", "secret"):
        assert technical not in answer.text


def test_an_unexpected_error_is_logged_without_its_words(
    broken: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        broken.phone.get("/")
    assert "page-failed RuntimeError at" in caplog.text
    assert "test_app.py" in caplog.text
    assert "secret-in-an-error" not in caplog.text


def test_a_page_that_is_not_there_leads_home(hub: Hub) -> None:
    answer = hub.phone.get("/nothing?lang=en")
    page = read(answer.text)
    assert (answer.status_code, page.faults, page.language) == (404, [], "en")
    assert "/?lang=en" in page.links


@pytest.mark.parametrize(
    "path", ["/docs", "/redoc", "/openapi.json", "/static/", "/static/../app.py"]
)
def test_nothing_of_the_machinery_shows(hub: Hub, path: str) -> None:
    assert hub.phone.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/s/13003", "/k/" + "1" * 78])
def test_a_page_takes_no_post(hub: Hub, path: str) -> None:
    answer = hub.phone.post(path)
    assert answer.status_code == 405
    assert read(answer.text).faults == []


def test_the_style_sheet_is_named_by_its_content_and_kept(hub: Hub) -> None:
    page = hub.phone.get("/").text
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    answer = hub.phone.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]


def test_no_page_sets_a_cookie(hub: Hub) -> None:
    for path in ("/", "/s/13003", f"/k/{hub.digits()}"):
        assert "set-cookie" not in hub.phone.get(path).headers


def test_a_slash_too_many_builds_no_address_from_the_request(hub: Hub) -> None:
    answer = hub.phone.get("/s/13003/", headers={"host": "evil.example"})
    assert answer.status_code == 404
    assert "evil.example" not in answer.text
