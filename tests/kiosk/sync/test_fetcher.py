"""Getting files over a true socket, and from a folder."""

from __future__ import annotations

import gzip
import itertools
import socket

import pytest
import requests
from tuf.api.exceptions import (
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    SlowRetrievalError,
)

from kiosk.sync.fetcher import Answer, FolderSource, HubSource, Patience
from tests.kiosk.sync.serving import breaks_off, never_ends, says, serving

PATIENCE = Patience(connect_s=2.0, read_s=0.3)


@pytest.fixture
def hub(tmp_path):
    folder = tmp_path / "repository"
    (folder / "metadata").mkdir(parents=True)
    (folder / "metadata" / "timestamp.json").write_bytes(b"timestamp 1")
    (folder / "metadata" / "1.root.json").write_bytes(b"root")
    with serving(folder) as running:
        yield running


@pytest.fixture
def session():
    with requests.Session() as opened:
        yield opened


@pytest.fixture
def source(hub, session):
    return HubSource(hub.url, session, PATIENCE)


def test_a_file_is_fetched_and_its_bytes_are_counted(source, hub):
    content = source.download_bytes(f"{hub.url}metadata/1.root.json", 100)
    assert content == b"root"
    assert (source.bytes_received, source.requests_made) == (4, 1)


def test_the_question_is_answered_by_304_where_nothing_is_new(source, hub):
    first = source.poll(None)
    assert first.changed
    assert source.poll(first.etag) == Answer(changed=False, etag=first.etag)
    assert source.requests_made == 2


def test_a_polled_file_is_handed_on_once_without_a_second_request(source, hub):
    source.poll(None)
    url = f"{hub.url}metadata/timestamp.json"
    assert source.download_bytes(url, 100) == b"timestamp 1"
    assert source.requests_made == 1
    assert source.download_bytes(url, 100) == b"timestamp 1"
    assert source.requests_made == 2


def test_connections_are_kept_alive(source, hub, session):
    for _ in range(3):
        source.poll(None)
    pools = session.get_adapter(hub.url).poolmanager.pools
    assert [pools[key].num_connections for key in pools.keys()] == [1]  # noqa: SIM118


def test_a_missing_file_is_said_with_its_status(source, hub):
    with pytest.raises(DownloadHTTPError) as refused:
        source.download_bytes(f"{hub.url}metadata/2.root.json", 100)
    assert refused.value.status_code == 404


def test_a_redirect_is_not_followed(source, hub):
    hub.answers["timestamp.json"] = says(302, Location=f"{hub.url}metadata/1.root.json")
    with pytest.raises(DownloadHTTPError) as refused:
        source.poll(None)
    assert refused.value.status_code == 302
    assert len(hub.asked) == 1


def test_a_redirect_without_end_is_not_read(source, hub):
    def redirect(handler):
        handler.send_response(302)
        handler.send_header("Location", "/elsewhere")
        handler.end_headers()
        handler.close_connection = True
        while True:
            handler.wfile.write(b"<" * 4096)

    hub.answers["timestamp.json"] = redirect
    with pytest.raises(DownloadHTTPError, match="302"):
        source.poll(None)
    assert source.bytes_received == 0


def test_304_without_a_question_for_it_is_refused(source, hub):
    hub.answers["timestamp.json"] = says(304)
    with pytest.raises(DownloadHTTPError):
        source.poll(None)


def test_a_busy_hub_says_when_to_come_again_but_not_next_year(source, hub):
    for said, understood in (("120", 120.0), ("99999999", 86400.0), ("soon", None)):
        hub.answers["timestamp.json"] = says(503, Retry_After=said)
        with pytest.raises(DownloadHTTPError):
            source.poll(None)
        assert source.retry_after_s == understood


def test_an_answer_without_end_is_cut(source, hub):
    hub.answers["timestamp.json"] = never_ends
    hub.answers["1.root.json"] = never_ends
    with pytest.raises(DownloadLengthMismatchError):
        source.poll(None)
    with pytest.raises(DownloadLengthMismatchError):
        source.download_bytes(f"{hub.url}metadata/1.root.json", 100_000)
    assert source.bytes_received < 1_000_000


def test_an_answer_that_breaks_off_is_no_answer(source, hub):
    hub.answers["1.root.json"] = breaks_off
    with pytest.raises(DownloadError):
        source.download_bytes(f"{hub.url}metadata/1.root.json", 1000)


def test_a_file_that_trickles_is_given_up_at_its_deadline(hub, session):
    ticks = itertools.count(step=10.0)
    source = HubSource(hub.url, session, PATIENCE, clock=lambda: next(ticks))
    hub.answers["1.root.json"] = never_ends
    with pytest.raises(SlowRetrievalError, match="too slow"):
        source.download_bytes(f"{hub.url}metadata/1.root.json", 100_000_000)
    assert source.bytes_received < 100_000_000


def test_a_hub_that_accepts_and_says_nothing_is_given_up(session):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(SlowRetrievalError, match="in time"):
            HubSource(url, session, Patience(read_s=0.05)).poll(None)


def test_a_hub_that_is_away_is_no_answer(session):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}/"
    with pytest.raises(DownloadError, match="did not answer"):
        HubSource(url, session, PATIENCE).poll(None)


def test_a_packed_answer_nobody_asked_for_is_not_unpacked(source, hub):
    bomb = gzip.compress(b"0" * 1_000_000)
    hub.answers["1.root.json"] = says(200, bomb, Content_Encoding="gzip")
    assert source.download_bytes(f"{hub.url}metadata/1.root.json", 5000) == bomb


def test_an_etag_that_is_too_long_is_not_kept(source, hub):
    hub.answers["timestamp.json"] = says(200, b"x", ETag='"' + "a" * 300 + '"')
    assert source.poll(None).etag is None


def test_a_folder_answers_like_a_hub(hub):
    source = FolderSource(hub.folder)
    first = source.poll(None)
    assert first.changed
    url = f"{source.base_url}metadata/timestamp.json"
    assert source.download_bytes(url, 100) == b"timestamp 1"
    assert not source.poll(first.etag).changed
    (hub.folder / "metadata" / "timestamp.json").write_bytes(b"timestamp 2")
    assert source.poll(first.etag).changed
    with pytest.raises(DownloadHTTPError) as refused:
        source.download_bytes(f"{source.base_url}metadata/2.root.json", 100)
    assert refused.value.status_code == 404


def test_nothing_outside_a_folder_is_read(hub, tmp_path):
    (tmp_path / "secret").write_text("key")
    source = FolderSource(hub.folder)
    for path in ("../secret", "metadata/%2e%2e/../../secret"):
        with pytest.raises(DownloadHTTPError) as refused:
            source.download_bytes(f"{source.base_url}{path}", 100)
        assert refused.value.status_code == 403


def test_a_stick_that_was_pulled_out_is_said(tmp_path):
    with pytest.raises(DownloadHTTPError):
        FolderSource(tmp_path / "gone").poll(None)


def test_a_folder_where_a_file_should_be_cannot_be_read(hub):
    source = FolderSource(hub.folder)
    with pytest.raises(DownloadError, match="cannot be read"):
        source.download_bytes(f"{source.base_url}metadata", 100)
