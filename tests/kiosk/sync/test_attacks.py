"""What thieves, portals and mirrors try; the catalog on the screen never changes by it."""

from __future__ import annotations

import shutil
import socket

import pytest
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Timestamp

from db import head as heads
from db import link_policy, snapshot
from hub.publish import disk, edition, publication, signing
from hub.publish.tree import Artifact
from kiosk.core.errors import HubAnswerError, HubUnreachableError, NotTrustedError, SyncError
from kiosk.sync.fetcher import HubSource, Patience
from tests.hub.publish.building import (
    COLLECTION,
    files_of,
    make_published,
    make_service,
    make_source,
)
from tests.kiosk.sync.forging import ONLINE, Thief, write
from tests.kiosk.sync.machine import NOON, Machine, make_machine
from tests.kiosk.sync.serving import breaks_off, never_ends, says

CATALOG, TRANSPORT = f"catalog-{COLLECTION}", f"transport-{COLLECTION}"
SERVER = (*ONLINE, f"{TRANSPORT}-1")  # every key that is on the server
HTML = b"<html><body>Please log in</body></html>"


@pytest.fixture
def machine(machine, hub, session) -> Machine:
    """A kiosk that shows version 1 and has heard the hub over a true line."""
    machine.source = HubSource(hub.url, session, Patience(connect_s=1.0, read_s=0.3))
    assert machine.sync().version == 1
    return machine


def publish(repository, summary: str) -> None:
    publication.publish(repository, make_source([make_service(summary=summary)]))


def forged_bodies() -> dict[str, bytes]:
    return edition.bodies_of(make_source([make_service(summary="假的")]).records)


def require_refused(machine: Machine, expected: type[SyncError], *, version: int = 1) -> SyncError:
    """A sync is refused, and what is shown is still true and whole."""
    outcome = machine.sync()
    assert outcome.result == "refused"
    assert type(outcome.error) is expected
    assert outcome.version == version
    assert machine.shown()[0] == version
    assert "假的" not in machine.shown()[1].values()
    assert machine.is_whole()
    return outcome.error


def test_a_replayed_older_timestamp_is_refused(machine, repository):
    old = files_of(repository.metadata_dir)["timestamp.json"]
    publish(repository, "第2版")
    assert machine.sync().version == 2
    write(repository.metadata_dir / "timestamp.json", old)
    require_refused(machine, NotTrustedError, version=2)


def test_a_forged_timestamp_is_refused(machine, repository):
    path = repository.metadata_dir / "timestamp.json"
    forged = Metadata[Timestamp].from_bytes(path.read_bytes())
    forged.signed.version += 1
    forged.sign(CryptoSigner.generate_ed25519())
    write(path, signing.to_bytes(forged))
    require_refused(machine, NotTrustedError)


@pytest.mark.parametrize("end", ["timestamp.json", "2.root.json", "snapshot.json", "head.json"])
def test_data_without_end_is_cut(machine, repository, hub, end):
    publish(repository, "第2版")
    hub.answers[end] = never_ends
    before = machine.source.bytes_received
    require_refused(machine, HubAnswerError)
    assert machine.source.bytes_received - before < 3_000_000


def test_a_whole_catalog_without_end_is_cut_at_the_length_that_was_signed(machine, repository, hub):
    publish(repository, "第2版")
    hub.answers["full.jsonl.zst"] = never_ends
    before = machine.source.bytes_received
    require_refused(machine, HubAnswerError)
    assert machine.source.bytes_received - before < 200_000


def test_the_servers_key_cannot_change_the_records_of_a_signed_head(machine, repository):
    publish(repository, "第2版")
    full = snapshot.encode(forged_bodies())
    Thief(repository, SERVER).put(TRANSPORT, Artifact(snapshot.path_of(COLLECTION), full))
    error = require_refused(machine, NotTrustedError)
    assert "not the ones that were signed" in str(error)


def test_the_servers_key_cannot_give_a_new_machine_other_records(tmp_path, repository):
    full = snapshot.encode(forged_bodies())
    Thief(repository, SERVER).put(TRANSPORT, Artifact(snapshot.path_of(COLLECTION), full))
    machine = make_machine(tmp_path / "new", repository)
    assert type(machine.sync().error) is NotTrustedError
    assert machine.active is None
    assert list(machine.data_dir.glob("catalog-*")) == []


def test_the_servers_key_cannot_fill_the_disk(machine, repository):
    publish(repository, "第2版")

    def boast(payload):
        payload.targets[snapshot.path_of(COLLECTION)].length = 10**12

    Thief(repository, SERVER).forge(TRANSPORT, boast)
    error = require_refused(machine, HubAnswerError)
    assert "1000000000000 bytes is not fetched" in str(error)


def forged_head() -> Artifact:
    built = edition.build(forged_bodies(), COLLECTION, 2, NOON)
    return Artifact(heads.path_of(COLLECTION), built.head_bytes)


@pytest.mark.parametrize(
    "keys", [SERVER, (f"{CATALOG}-1",), (f"{CATALOG}-1", "policy-1"), (*SERVER, f"{CATALOG}-3")]
)
def test_a_head_without_two_publishers_is_refused(machine, repository, keys):
    signed = Thief(repository, {*keys, *ONLINE})
    signed.put(CATALOG, forged_head())
    require_refused(machine, NotTrustedError)


def test_the_transport_role_cannot_offer_a_head(machine, repository):
    Thief(repository, SERVER).put(TRANSPORT, forged_head())
    outcome = machine.sync()
    assert (outcome.result, outcome.version) == ("unchanged", 1)
    assert machine.shown() == (1, {"passport": "第1版"})


def test_the_servers_key_cannot_add_a_host(machine, repository):
    hosts = Artifact(link_policy.PATH, link_policy.encode(["evil.example"]))
    Thief(repository, SERVER).put("policy", hosts)
    require_refused(machine, NotTrustedError)


def test_versions_of_two_moments_cannot_be_mixed(machine, repository):
    publish(repository, "第2版")
    assert machine.sync().version == 2
    catalog = repository.tree().version(CATALOG)
    Thief(repository, SERVER).announce({CATALOG: catalog - 1})
    require_refused(machine, NotTrustedError, version=2)


def test_zeroed_metadata_and_a_replay_are_refused_by_the_floors(machine, repository, tmp_path):
    old = files_of(repository.metadata_dir.parent)
    for n in (2, 3):
        publish(repository, f"第{n}版")
    assert machine.sync().version == 3
    true = files_of(repository.metadata_dir.parent)
    for name in ("timestamp.json", "snapshot.json", "targets.json", f"{CATALOG}.json"):
        path = machine.data_dir / "tuf" / name
        path.write_bytes(b"\x00" * path.stat().st_size)
    _serve(repository, old)
    error = require_refused(machine, NotTrustedError, version=3)
    assert "was seen before" in str(error)
    _serve(repository, true)
    assert machine.sync().error is None
    publish(repository, "第4版")
    assert machine.sync().version == 4


def _serve(repository, files: dict[str, bytes]) -> None:
    """Put an earlier state of the whole server back, or that of another one."""
    for path in repository.metadata_dir.glob("[0-9]*"):
        path.unlink()
    for name, content in files.items():
        write(repository.metadata_dir.parent / name, content)


def test_without_floors_python_tuf_alone_would_take_the_replay(machine, repository):
    """The reason for the floors: should python-tuf ever do this itself, they may go."""
    old = files_of(repository.metadata_dir.parent)
    publish(repository, "第2版")
    assert machine.sync().version == 2
    shutil.rmtree(machine.data_dir / "tuf")
    (machine.data_dir / "state.db").unlink()
    _serve(repository, old)
    assert machine.sync().version == 1


@pytest.mark.parametrize("size", [0, 1, 100])
@pytest.mark.parametrize("name", ["timestamp.json", "snapshot.json", "targets.json", "root.json"])
def test_metadata_cut_by_a_power_cut_heals_with_the_next_sync(machine, repository, name, size):
    path = machine.data_dir / "tuf" / name
    path.write_bytes(path.read_bytes()[:size])
    publish(repository, "第2版")
    assert machine.sync().version == 2


def test_a_thief_of_the_timestamp_key_cannot_block_a_machine_for_ever(machine, repository):
    def far_away(payload):
        payload.version = 10**9

    thief = Thief(repository, SERVER)
    timestamp = repository.tree().metadata["timestamp"].signed
    far_away(timestamp)
    thief.write("timestamp", timestamp)
    assert machine.sync().error is None
    _replace_online_key(repository)
    publish(repository, "第2版")
    assert machine.sync().version == 2


def _replace_online_key(repository) -> None:
    """Root version 2: the stolen key goes, a new one comes, versions begin again."""
    root = repository.tree().metadata["root"].signed
    key = repository.keys_dir / "online-1.pem"
    key.unlink()
    signer = CryptoSigner.generate_ed25519()
    disk.write_secret(key, signer.private_bytes)
    for role in ("snapshot", "timestamp"):
        root.revoke_key(root.roles[role].keyids[0], role)
        root.add_key(signer.public_key, role)
    root.version = 2
    thief_of_nothing = Thief(repository, ("root-1", "root-2", "root-3"))
    tree = repository.tree()
    thief_of_nothing.write("root", root)
    owner = Thief.__new__(Thief)
    owner._repository, owner._keys, owner._tree = repository, ONLINE, tree
    tree.metadata["timestamp"].signed.version = 1
    owner.announce({})


@pytest.mark.parametrize(
    "end", ["timestamp.json", "2.root.json", ".snapshot.json", f"{CATALOG}.json", "head.json"]
)
def test_a_login_page_instead_of_an_answer_is_refused(machine, repository, hub, end):
    publish(repository, "第2版")
    hub.answers[end] = says(200, HTML, Content_Type="text/html")
    outcome = machine.sync()
    assert isinstance(outcome.error, HubAnswerError | NotTrustedError)
    assert machine.shown() == (1, {"passport": "第1版"})
    hub.answers.clear()
    assert machine.sync().version == 2


def test_a_portal_that_answers_everything_with_a_page_or_a_redirect_is_refused(machine, hub):
    hub.answers[""] = says(200, HTML)
    require_refused(machine, HubAnswerError)
    hub.answers[""] = says(302, Location="http://portal.example/")
    require_refused(machine, HubAnswerError)


def test_a_hub_that_is_away_leaves_everything_as_it_was(tmp_path, machine, session):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}/"
    machine.source = HubSource(url, session)
    require_refused(machine, HubUnreachableError)


def test_a_busy_hub_is_not_asked_again_before_it_says(machine, hub):
    hub.answers["timestamp.json"] = says(503, Retry_After="120")
    outcome = machine.sync()
    assert type(outcome.error) is HubUnreachableError
    assert outcome.retry_after_s == 120.0


def test_a_line_that_breaks_in_the_middle_of_the_catalog_is_tried_again(machine, repository, hub):
    publish(repository, "第2版")
    hub.answers["full.jsonl.zst"] = breaks_off
    outcome = machine.sync()
    assert isinstance(outcome.error, SyncError)
    hub.answers.clear()
    assert machine.sync().version == 2


def test_a_mirror_that_is_one_version_behind_is_refused_and_then_right_again(machine, repository):
    behind = files_of(repository.metadata_dir.parent)
    publish(repository, "第2版")
    assert machine.sync().version == 2
    newest = files_of(repository.metadata_dir.parent)
    _serve(repository, behind)
    require_refused(machine, NotTrustedError, version=2)
    _serve(repository, newest)
    assert machine.sync().error is None


def test_two_publications_in_one_second_are_both_seen_behind_nginx(machine, repository):
    for n in range(2, 6):
        publish(repository, f"第{n}版")
        assert machine.sync().version == n
        assert machine.sync().result == "unchanged"


def test_a_root_of_another_repository_is_refused(tmp_path, machine, repository):
    other = make_published(tmp_path / "other")
    _serve(repository, files_of(other.metadata_dir.parent))
    require_refused(machine, NotTrustedError)


def test_a_machine_with_a_foreign_root_of_trust_takes_nothing(tmp_path, repository):
    other = make_published(tmp_path / "other")
    machine = make_machine(tmp_path / "kiosk", repository)
    machine.limit(bootstrap_root=other.first_root)
    assert type(machine.sync().error) is NotTrustedError
    machine.limit(bootstrap_root=b"no root")
    assert isinstance(machine.sync().error, SyncError)
    assert machine.active is None


def test_nobody_ever_reads_a_record_that_was_not_proved(machine, repository):
    """A reader that looks after every row written sees old or new records, never a forged one."""
    publish(repository, "第2版")
    full = snapshot.encode(forged_bodies())
    Thief(repository, SERVER).put(TRANSPORT, Artifact(snapshot.path_of(COLLECTION), full))
    machine.sync()
    for path in machine.data_dir.rglob("*"):
        if path.is_file():
            assert "假的".encode() not in path.read_bytes()
    assert machine.shown() == (1, {"passport": "第1版"})
