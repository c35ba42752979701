"""The signed files on disk: reading what is published, and replacing it in a safe order.

Knows the folders, the file names and the order in which files may appear. Does not know records
or when to publish (`hub.publish.publication`).

Every file but `timestamp.json` has its version or its hash in its name and is never changed, so a
kiosk in the middle of a sync goes on undisturbed, and whoever dies between two files leaves the old
repository complete. One repository holds one collection.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from tuf.api.exceptions import LengthOrHashMismatchError
from tuf.api.exceptions import RepositoryError as TufError
from tuf.api.metadata import Metadata, Snapshot, TargetFile, Timestamp

from db import clips, digest, link_policy, snapshot
from db import head as heads
from db.head import Head
from hub.publish import disk, signing
from hub.publish.errors import KeyMissingError, RepositoryError
from hub.publish.keys import ROOT, SNAPSHOT, SPEECH, TIMESTAMP, Keyring, roles_of
from hub.publish.signing import Notary
from hub.publish.tree import Artifact, Change, Publishable, Tree, first_tree, next_tree


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Repository:
    """One collection's signed files below a data folder: `repository/` and `keys/`."""

    def __init__(
        self,
        data_dir: Path,
        now: Callable[[], datetime] = _utc_now,
        write: disk.Write = disk.write_durably,
    ) -> None:
        self._data_dir = data_dir
        self._write = write
        self.now = now

    @property
    def metadata_dir(self) -> Path:
        """Served under /metadata/."""
        return self._data_dir / "repository" / "metadata"

    @property
    def targets_dir(self) -> Path:
        """Served under /targets/."""
        return self._data_dir / "repository" / "targets"

    @property
    def keys_dir(self) -> Path:
        """Never served."""
        return self._data_dir / "keys"

    @property
    def lock_path(self) -> Path:
        """Held by whoever publishes."""
        return self._data_dir / "publish.lock"

    @property
    def first_root(self) -> bytes:
        """The root of trust that a kiosk is given at enrolment.

        Raises:
            RepositoryError: there is no repository here.
        """
        return _read(self.metadata_dir / "1.root.json")

    def tree(self) -> Tree:
        """The metadata that `timestamp.json` leads to, signatures checked.

        Raises:
            RepositoryError: a file is missing, damaged or not signed as it must be.
        """
        try:
            timestamp = Metadata[Timestamp].from_bytes(_read(self._path(TIMESTAMP, None)))
            version = timestamp.signed.snapshot_meta.version
            listed = Metadata[Snapshot].from_bytes(_read(self._path(SNAPSHOT, version)))
            metadata: dict[str, Metadata[Any]] = {
                ROOT: Metadata.from_bytes(_read(self._path(ROOT, self._last_version(ROOT))))
            }
            for name, meta in _in_order(listed.signed):
                metadata[name] = Metadata.from_bytes(_read(self._path(name, meta)))
            tree = Tree({**metadata, SNAPSHOT: listed, TIMESTAMP: timestamp})
            tree.verify()
        except (TufError, KeyError, ValueError) as error:
            raise RepositoryError(f"the repository is damaged: {error}") from error
        return tree

    def read_current(self) -> tuple[Head, dict[str, bytes]] | None:
        """The published head and records; None before the first publication.

        Raises:
            RepositoryError: the repository is missing or damaged.
        """
        tree = self.tree()
        head_target = tree.target(heads.path_of(tree.collection))
        full_target = tree.target(snapshot.path_of(tree.collection))
        if head_target is None or full_target is None:
            return None
        try:
            head = heads.decode(self._target(head_target))
            bodies = snapshot.read(BytesIO(self._target(full_target)))
        except ValueError as error:
            raise RepositoryError(f"a published file is damaged: {error}") from error
        if digest.digest_of(bodies).hex() != head.digest:
            raise RepositoryError("the published records are not those of the published head")
        return head, bodies

    def link_hosts(self) -> tuple[str, ...]:
        """The published list of hosts that links may lead to.

        Raises:
            RepositoryError: the repository is missing or damaged.
        """
        target = self.tree().target(link_policy.PATH)
        try:
            return link_policy.decode(self._target(target)) if target else ()
        except link_policy.LinkPolicyError as error:
            raise RepositoryError(str(error)) from error

    def create(self, collection: str) -> None:
        """Make all keys and a repository without records.

        Raises:
            RepositoryError: there are keys already.
            OSError: the disk is full or cannot be written.
        """
        roles = roles_of(collection)
        keyring = Keyring(self.keys_dir)
        names = sorted({name for role in roles.values() for name in role.key_names})
        try:
            public = {name: keyring.generate(name).public_key for name in names}
        except FileExistsError as error:
            raise RepositoryError(f"there is a key already: {error.filename}") from error
        policy = Artifact(link_policy.PATH, link_policy.encode(()))
        notary = Notary(keyring, roles, self.now())
        self._write_tree(first_tree(collection, public, notary, [policy]), [policy])

    def replace(
        self,
        artifacts: Sequence[Publishable],
        renewed: Collection[str] = (),
        withdrawn: Collection[str] = (),
    ) -> None:
        """Publish files, withdraw others, and sign again roles although nothing in them changed.

        Args:
            artifacts: what comes or changes.
            renewed: roles to sign again.
            withdrawn: paths of published files that are no longer offered.

        Raises:
            KeyMissingError: too few keys of a role are here; nothing was written.
            RepositoryError: the repository is missing or damaged.
            OSError: the disk is full or cannot be written; the old repository stands.
        """
        tree = self.tree()
        notary = Notary(Keyring(self.keys_dir), roles_of(tree.collection), self.now())
        change = Change(artifacts, withdrawn, renewed)
        following = next_tree(tree, notary, change, lambda role: self._last_version(role) + 1)
        following.verify()
        self._write_tree(following, artifacts)

    def has(self, target: TargetFile) -> bool:
        """Whether the file of an entry is on disk; a hash in a name is a promise that is kept."""
        path = self.targets_dir / hashed_path(target)
        return path.is_file() and path.stat().st_size == target.length

    def sweep_clips(self) -> None:
        """Delete clips that are no longer offered: a voice that is withdrawn is not kept.

        A kiosk that was fetching one of them is told 404 and asks for the new list the next time.

        Raises:
            RepositoryError: the repository is missing or damaged.
        """
        listed = {hashed_path(target) for target in self.tree().targets_of(SPEECH).values()}
        for path in (self.targets_dir / clips.FOLDER).glob("*"):
            if f"{clips.FOLDER}/{path.name}" not in listed:
                with suppress(OSError):
                    path.unlink()

    def can_sign(self, role: str) -> bool:
        """Whether enough keys of a role are on this machine.

        Raises:
            RepositoryError: the repository is missing or damaged.
        """
        wanted = self.tree().delegator(role).get_delegated_role(role)
        try:
            Keyring(self.keys_dir).signers(role, wanted.keyids, wanted.threshold)
        except KeyMissingError:
            return False
        return True

    def _write_tree(self, tree: Tree, artifacts: Sequence[Publishable]) -> None:
        for artifact in artifacts:
            self._write(self.targets_dir / hashed_path(artifact.target()), artifact.content, None)
        for role, metadata in tree.metadata.items():
            if role == TIMESTAMP:
                continue
            path = self._path(role, metadata.signed.version)
            if not path.exists():
                self._write(path, signing.to_bytes(metadata), None)
        path = self._path(TIMESTAMP, None)
        content = signing.to_bytes(tree.metadata[TIMESTAMP])
        self._write(path, content, self._next_second(path))

    def _next_second(self, path: Path) -> int:
        """A time for `timestamp.json` that no earlier one had.

        nginx makes its ETag of length and modification time in whole seconds: two publications
        in one second would look unchanged to every kiosk.
        """
        now_s = int(self.now().timestamp())
        return max(now_s, int(path.stat().st_mtime) + 1) if path.exists() else now_s

    def _path(self, role: str, version: int | None) -> Path:
        name = f"{role}.json" if version is None else f"{version}.{role}.json"
        return self.metadata_dir / name

    def _last_version(self, role: str) -> int:
        """The highest version on disk, even one that a crash left without a snapshot."""
        names = (path.name for path in self.metadata_dir.glob(f"*.{role}.json"))
        versions = [int(name.partition(".")[0]) for name in names if name[0].isdigit()]
        return max(versions, default=0)

    def _target(self, target: TargetFile) -> bytes:
        content = _read(self.targets_dir / hashed_path(target))
        try:
            target.verify_length_and_hashes(content)
        except LengthOrHashMismatchError as error:
            raise RepositoryError(f"{target.path} is damaged") from error
        return content


def hashed_path(target: TargetFile) -> str:
    """The name of a published file: its hash stands before its name (consistent snapshots)."""
    folder, _, name = target.path.rpartition("/")
    return f"{folder}/{target.hashes['sha256']}.{name}"


def _in_order(listed: Snapshot) -> list[tuple[str, int]]:
    """The roles that a snapshot lists, `targets` first: it says which keys the others have."""
    roles = {file.removesuffix(".json"): meta.version for file, meta in listed.meta.items()}
    return sorted(roles.items(), key=lambda item: (item[0] != "targets", item[0]))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RepositoryError(f"{path} cannot be read: {error.strerror}") from error
