"""One look at a repository: what it offers, and its records where they are wanted.

Knows python-tuf's client and the paths of published files. Does not know what is in use on this
machine (`kiosk.sync.cycle`). Raises python-tuf's errors beside our own;
`kiosk.sync.translation` stands around it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tuf.api.metadata import TargetFile
from tuf.ngclient import Updater

from db import clips, link_policy, snapshot
from db import head as heads
from db.head import Head
from kiosk.core.errors import HubAnswerError, NotTrustedError
from kiosk.store.state import Floor
from kiosk.sync import disk, trust, verify
from kiosk.sync.fetcher import Source

SPEECH = "speech"
"""The role that signs recorded sentences."""


@dataclass(frozen=True)
class Terms:
    """What a kiosk accepts, and where it keeps it."""

    data_dir: Path
    collection: str
    bootstrap_root: bytes  # from the installation kit
    app_version: str
    snapshot_max_bytes: int = 256 << 20  # the server's own key signs the size: not believed
    content_max_bytes: int = snapshot.CONTENT_MAX_BYTES


@dataclass(frozen=True)
class Offer:
    """What is published now, by metadata whose signatures and floors were good."""

    head: Head
    head_bytes: bytes
    link_hosts: tuple[str, ...]
    policy: str  # sha256 of the list of link hosts
    full: TargetFile
    floors: Mapping[str, Floor]


@dataclass(frozen=True)
class ClipOffer:
    """The recorded sentences that are published now, by metadata that was good."""

    version: int  # of the role that signs them
    list: bytes | None  # None where there are none any more
    floors: Mapping[str, Floor]


class Visit:
    """A visit is made once: python-tuf wants a new client for every refresh."""

    def __init__(self, terms: Terms, source: Source) -> None:
        self._terms = terms
        self._tuf_dir = terms.data_dir / "tuf"
        self._staging_dir = terms.data_dir / "staging"
        self._tuf_dir.mkdir(parents=True, exist_ok=True)
        self._staging_dir.mkdir(parents=True, exist_ok=True)
        self._updater = Updater(
            metadata_dir=str(self._tuf_dir),
            metadata_base_url=f"{source.base_url}metadata/",
            target_dir=str(self._staging_dir),
            target_base_url=f"{source.base_url}targets/",
            fetcher=source,
            bootstrap=terms.bootstrap_root,
        )

    def offer(self, floors: Mapping[str, Floor]) -> Offer:
        """What is published; nothing large is fetched.

        Raises:
            NotTrustedError: floors, collection, schema or program version refuse it.
            HubAnswerError: nothing is published yet.
        """
        collection = self._terms.collection
        self._updater.refresh()
        head_target = self._updater.get_targetinfo(heads.path_of(collection))
        policy_target = self._updater.get_targetinfo(link_policy.PATH)
        full = self._updater.get_targetinfo(snapshot.path_of(collection))
        if head_target is None or policy_target is None or full is None:
            raise HubAnswerError(f"nothing is published for {collection} yet")
        roles = (f"catalog-{collection}", "policy", f"transport-{collection}")
        seen = trust.accepted(self._tuf_dir, roles)
        verify.require_floors(seen, floors)
        head_bytes = self._small(head_target)
        head = heads.decode(head_bytes)
        verify.require_head(head, collection, self._terms.app_version)
        hosts = link_policy.decode(self._small(policy_target))
        return Offer(head, head_bytes, hosts, policy_target.hashes["sha256"], full, seen)

    def records(self, offer: Offer) -> dict[str, bytes]:
        """The offered records by key, judged good.

        Raises:
            NotTrustedError: they are not the ones that were signed, or lead where they may not.
            HubAnswerError: the snapshot is larger than allowed.
            SnapshotError: it cannot be read.
        """
        if offer.full.length > self._terms.snapshot_max_bytes:
            raise HubAnswerError(f"a snapshot of {offer.full.length} bytes is not fetched")
        path = self._staging_dir / "full.jsonl.zst"
        try:
            self._updater.download_target(offer.full, str(path))
            with path.open("rb") as file:
                bodies = snapshot.read(file, self._terms.content_max_bytes)
        finally:
            path.unlink(missing_ok=True)
        verify.require_content(offer.head, bodies)
        verify.require_links(bodies, offer.link_hosts)
        return bodies

    def clip_offer(self, floors: Mapping[str, Floor]) -> ClipOffer:
        """Which sentences are published as clips; no sound is fetched.

        Raises:
            NotTrustedError: floors refuse it, or nobody may sign clips here.
            HubAnswerError: the list is longer than allowed.
        """
        self._updater.refresh()
        target = self._updater.get_targetinfo(clips.PATH)
        try:
            seen = trust.accepted(self._tuf_dir, (SPEECH,))
        except ValueError as error:
            raise NotTrustedError("clips are listed, and nobody may sign them") from error
        verify.require_floors(seen, floors)
        if target is not None and target.length > clips.LIST_MAX_BYTES:
            raise HubAnswerError(f"a list of clips of {target.length} bytes is not fetched")
        listed = None if target is None else self._small(target)
        return ClipOffer(seen[SPEECH].version, listed, seen)

    def clip(self, name: str) -> TargetFile:
        """The entry of a clip.

        Raises:
            HubAnswerError: it is not published, or longer than allowed.
            NotTrustedError: what is signed is not what its name says.
        """
        target = self._updater.get_targetinfo(clips.path_of(name))
        if target is None:
            raise HubAnswerError(f"{name} is listed and not published")
        if target.length > clips.CLIP_MAX_BYTES:
            raise HubAnswerError(f"a clip of {target.length} bytes is not fetched")
        if target.hashes.get("sha256") != name.partition(".")[0]:
            raise NotTrustedError(f"{name} is signed with another content")
        return target

    def fetch_clip(self, target: TargetFile, take: Callable[[Path], None]) -> None:
        """Fetch a clip and hand it on; what is not taken away is deleted.

        Raises:
            tuf.api.exceptions.RepositoryError: it is not the one that was signed.
        """
        path = self._staging_dir / "clip.wav"
        try:
            self._updater.download_target(target, str(path))
            take(path)
        finally:
            path.unlink(missing_ok=True)

    def keep(self) -> None:
        """Put what python-tuf learnt on the disk for good, which it does not do itself."""
        disk.sync_tree(self._tuf_dir)

    def _small(self, target: TargetFile) -> bytes:
        kept = self._updater.find_cached_target(target)
        return Path(kept or self._updater.download_target(target)).read_bytes()
