from __future__ import annotations

import os

import pytest

from tests.hub.phone.building import Hub, TestClient

ROOT = b'{"root": 1}'
SNAPSHOT_NAME = "ab" * 32 + ".full.jsonl.zst"


@pytest.fixture
def kiosk(hub: Hub) -> TestClient:
    metadata = hub.config.repository / "metadata"
    targets = hub.config.repository / "targets" / "catalog" / "990100"
    metadata.mkdir(parents=True)
    targets.mkdir(parents=True)
    (metadata / "1.root.json").write_bytes(ROOT)
    (metadata / "timestamp.json").write_bytes(b'{"n": 1}')
    (metadata / ".timestamp.json.new").write_bytes(b"half")
    (targets / SNAPSHOT_NAME).write_bytes(b"\x28\xb5\x2f\xfd" + bytes(1000))
    (hub.data / "secret.txt").write_bytes(b"secret")
    (metadata / "link.json").symlink_to(hub.data / "secret.txt")
    return hub.phone


def test_frozen_files_may_be_kept_for_ever(kiosk: TestClient) -> None:
    for path, kind in (
        ("/metadata/1.root.json", "application/json"),
        (f"/targets/catalog/990100/{SNAPSHOT_NAME}", "application/octet-stream"),
    ):
        answer = kiosk.get(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].partition(";")[0] == kind
        again = kiosk.get(path, headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_the_timestamp_is_asked_for_again_and_answered_in_few_bytes(kiosk: TestClient) -> None:
    answer = kiosk.get("/metadata/timestamp.json")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.content == b'{"n": 1}'
    again = kiosk.get(
        "/metadata/timestamp.json", headers={"if-none-match": f'"x", W/{answer.headers["etag"]}'}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == answer.headers["etag"]


def test_a_timestamp_of_the_same_second_and_length_is_still_another(
    kiosk: TestClient, hub: Hub
) -> None:
    file = hub.config.repository / "metadata" / "timestamp.json"
    os.utime(file, (1000, 1000))
    first = kiosk.get("/metadata/timestamp.json").headers["etag"]
    file.write_bytes(b'{"n": 2}')
    os.utime(file, (1000, 1000))
    second = kiosk.get("/metadata/timestamp.json", headers={"if-none-match": first})
    assert (second.status_code, second.content) == (200, b'{"n": 2}')


def test_a_root_that_is_not_there_yet_is_remembered_by_nobody(kiosk: TestClient) -> None:
    answer = kiosk.get("/metadata/2.root.json")
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


def test_a_head_is_a_get_without_a_body(kiosk: TestClient) -> None:
    answer = kiosk.head("/metadata/1.root.json")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(ROOT))


_ELSEWHERE = (
    "/metadata/",
    "/metadata",
    "/targets/",
    "/targets/catalog",
    "/targets/catalog/",
    "/metadata/../secret.txt",
    "/metadata/..%2f..%2fsecret.txt",
    "/metadata/%2e%2e/%2e%2e/secret.txt",
    "/metadata/..%5c..%5csecret.txt",
    "/targets/..%2fmetadata%2f1.root.json",
    "/metadata//etc/passwd",
    "/metadata/%2fetc%2fpasswd",
    "/metadata/1.root.json%00",
    "/metadata/%0a1.root.json",
    "/metadata/.timestamp.json.new",
    "/metadata/link.json",
    "/metadata/" + "a/" * 2000 + "x",
    "/metadata/" + "a" * 5000,
    "/hub.sqlite",
    "/keys/handoff-master.key",
    "/targets/../keys/handoff-master.key",
)


def test_nothing_else_on_the_disk_can_be_reached(kiosk: TestClient) -> None:
    for path in _ELSEWHERE:
        answer = kiosk.get(path)
        assert answer.status_code == 404, path
        for content in (b"secret", b"half", ROOT):
            assert content not in answer.content, path


def test_files_are_only_read(kiosk: TestClient) -> None:
    for method in ("post", "put", "delete", "patch"):
        assert getattr(kiosk, method)("/metadata/1.root.json").status_code == 405


def test_a_hub_without_a_repository_answers_all_the_same(hub: Hub) -> None:
    assert hub.phone.get("/metadata/timestamp.json").status_code == 404
