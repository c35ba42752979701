from __future__ import annotations

from pathlib import Path

import pytest

from tests.hub.phone.building import Hub


@pytest.fixture
def checks(hub: Hub) -> Path:
    folder = hub.config.check_files
    folder.mkdir()
    return folder


@pytest.mark.parametrize("path", ["/aB3_x-9.txt", "/k/aB3_x-9.txt"])
def test_a_check_file_is_served_as_it_is_at_the_root_and_beside_the_codes(
    hub: Hub, checks: Path, path: str
) -> None:
    (checks / "aB3_x-9.txt").write_bytes(b"9f\x00\xe4\n")
    answer = hub.phone.get(path)
    assert (answer.status_code, answer.content) == (200, b"9f\x00\xe4\n")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert hub.phone.head(path).status_code == 200


def test_a_check_file_is_there_as_soon_as_it_is_put_there(hub: Hub, checks: Path) -> None:
    assert hub.phone.get("/k/new.txt").status_code == 404
    (checks / "new.txt").write_text("1")
    assert hub.phone.get("/k/new.txt").text == "1"


@pytest.mark.parametrize(
    "name",
    ["a.b.txt", "a b.txt", "%2e%2e%2fsecret.txt", "..%2fsecret.txt", "é.txt", "x" * 65 + ".txt",
     "secret.toml", ".txt"],
)  # fmt: skip
@pytest.mark.parametrize("folder", ["/", "/k/"])
def test_no_other_name_is_served(hub: Hub, checks: Path, folder: str, name: str) -> None:
    for file in ("a.b.txt", "a b.txt", "é.txt", "x" * 65 + ".txt", "secret.toml", ".txt"):
        (checks / file).write_text("secret-words")
    (hub.data / "secret.txt").write_text("secret-words")
    answer = hub.phone.get(folder + name)
    assert answer.status_code == 404
    assert "secret-words" not in answer.text


def test_a_link_out_of_the_folder_and_a_large_file_are_not_served(hub: Hub, checks: Path) -> None:
    (checks / "link.txt").symlink_to(hub.config.handoff_key)
    (checks / "large.txt").write_bytes(b"x" * 4097)
    (checks / "folder.txt").mkdir()
    for name in ("link", "large", "folder"):
        assert hub.phone.get(f"/{name}.txt").status_code == 404


def test_without_a_folder_there_are_no_check_files_and_codes_are_read(hub: Hub) -> None:
    assert hub.phone.get("/k/abc.txt").status_code == 404
    assert hub.phone.get(f"/k/{hub.digits()}").status_code == 200
