"""The metadata of all roles as one value: how the first is made, and the next from the last.

Knows who delegates to whom, which paths a role may sign, and how versions move. Does not know
keys' whereabouts (`hub.publish.signing`) or files (`hub.publish.repository`).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any, Protocol

from securesystemslib.signer import Key
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from db import clips, link_policy
from db import head as heads
from db import snapshot as snapshots
from hub.publish.keys import (
    POLICY,
    ROOT,
    SNAPSHOT,
    SPEECH,
    TARGETS,
    TIMESTAMP,
    catalog_role,
    roles_of,
    transport_role,
)
from hub.publish.signing import Notary

_TOP = (ROOT, TARGETS, SNAPSHOT, TIMESTAMP)
_WHEN_NEEDED = (SPEECH,)  # begin with their first file: kiosks ask nothing about what is not there


def _paths_of(collection: str) -> dict[str, list[str]]:
    """The only paths that each delegated role may sign; no path has two roles."""
    return {
        POLICY: [link_policy.PATH],
        catalog_role(collection): [heads.path_of(collection)],
        SPEECH: [clips.PATH, clips.path_of("*.wav")],
        transport_role(collection): [snapshots.path_of(collection), f"catalog/{collection}/*.ksp"],
    }


class Publishable(Protocol):
    """A file that can be published."""

    @property
    def path(self) -> str:
        """Where it stands in a repository."""

    @property
    def content(self) -> bytes:
        """What is written; read when it is wanted."""

    def target(self) -> TargetFile:
        """Its entry in the metadata of its role."""


@dataclass(frozen=True)
class Artifact:
    """A file to publish, with facts about it that save a kiosk from fetching it."""

    path: str
    content: bytes
    custom: Mapping[str, Any] | None = None

    def target(self) -> TargetFile:
        """Its entry in the metadata of its role."""
        target = TargetFile.from_data(self.path, self.content, ["sha256"])
        if self.custom is not None:
            target.unrecognized_fields["custom"] = dict(self.custom)
        return target


@dataclass(frozen=True)
class Tree:
    """Signed metadata by role, in the order in which it may be written: timestamp is last."""

    metadata: Mapping[str, Metadata[Any]]

    @property
    def root(self) -> Root:
        """The keys of the four top roles."""
        payload: Root = self.metadata[ROOT].signed
        return payload

    @property
    def targets(self) -> Targets:
        """The delegations."""
        payload: Targets = self.metadata[TARGETS].signed
        return payload

    @property
    def collection(self) -> str:
        """The collection that is published here."""
        prefix = catalog_role("")
        return next(r.removeprefix(prefix) for r in self.metadata if r.startswith(prefix))

    def version(self, role: str) -> int:
        """The version of a role's metadata."""
        return int(self.metadata[role].signed.version)

    def expiries(self) -> dict[str, datetime]:
        """When the signature of each role ends."""
        return {role: metadata.signed.expires for role, metadata in self.metadata.items()}

    def delegator(self, role: str) -> Root | Targets:
        """Who says which keys a role has."""
        return self.root if role in _TOP else self.targets

    def target(self, path: str) -> TargetFile | None:
        """The entry of a published file; None where it was never published."""
        return self.targets_of(role_of(path, self.collection)).get(path)

    def targets_of(self, role: str) -> Mapping[str, TargetFile]:
        """The entries of the files that a role has signed, by path."""
        signed = self.metadata.get(role)
        found: Mapping[str, TargetFile] = signed.signed.targets if signed else {}
        return found

    def all_targets(self) -> list[TargetFile]:
        """The entries of all published files."""
        roles = _paths_of(self.collection)
        return [found for role in roles for found in self.targets_of(role).values()]

    def verify(self) -> None:
        """Check every signature.

        Raises:
            tuf.api.exceptions.UnsignedMetadataError: a role has too few good signatures.
        """
        for role, metadata in self.metadata.items():
            delegator = self.delegator(role)
            delegator.verify_delegate(role, metadata.signed_bytes, metadata.signatures)


def role_of(path: str, collection: str) -> str:
    """The role that signs a path.

    Raises:
        KeyError: no role may.
    """
    for role, patterns in _paths_of(collection).items():
        if any(fnmatchcase(path, pattern) for pattern in patterns):
            return role
    raise KeyError(path)


def first_tree(
    collection: str, public: Mapping[str, Key], notary: Notary, artifacts: Sequence[Publishable]
) -> Tree:
    """Version 1 of every role."""
    root = _root(collection, public)
    targets = _delegations(collection, public)
    signed = {
        ROOT: notary.sign(ROOT, root, root),
        TARGETS: notary.sign(TARGETS, targets, root),
    }
    for role in (role for role in _paths_of(collection) if role not in _WHEN_NEEDED):
        chosen = [a for a in artifacts if role_of(a.path, collection) == role]
        payload = Targets(targets={a.path: a.target() for a in chosen})
        signed[role] = notary.sign(role, payload, targets)
    meta = {f"{role}.json": MetaFile(1) for role in signed if role != ROOT}
    signed[SNAPSHOT] = notary.sign(SNAPSHOT, Snapshot(meta=meta), root)
    signed[TIMESTAMP] = notary.sign(TIMESTAMP, Timestamp(snapshot_meta=MetaFile(1)), root)
    return Tree(signed)


@dataclass(frozen=True)
class Change:
    """What is to be published, withdrawn, and signed again although nothing in it changed."""

    artifacts: Sequence[Publishable] = ()
    withdrawn: Collection[str] = ()  # paths
    renewed: Collection[str] = ()  # roles


def next_tree(
    tree: Tree,
    notary: Notary,
    change: Change,
    next_version: Callable[[str], int],
) -> Tree:
    """The tree after a change; `timestamp` is always signed again.

    Args:
        tree: what is published now.
        notary: signs.
        change: what comes and what goes.
        next_version: the first version of a role that was never written.
    """
    coming, going = (
        _by_role(paths, tree.collection)
        for paths in ([artifact.path for artifact in change.artifacts], change.withdrawn)
    )
    entries = {artifact.path: artifact.target() for artifact in change.artifacts}
    begun = _begun(tree, coming)
    stale = {*coming, *going, *change.renewed} - {SNAPSHOT, TIMESTAMP}
    if begun.targets is not tree.targets:
        stale.add(TARGETS)
    signed = dict(begun.metadata)
    for role in (role for role in signed if role in stale):  # root, then targets, then these
        payload = copy.deepcopy(signed[role].signed)
        payload.version = next_version(role)
        for path in going.get(role, ()):
            del payload.targets[path]
        for path in coming.get(role, ()):
            payload.targets[path] = entries[path]
        delegator = payload if role == ROOT else Tree(signed).delegator(role)
        signed[role] = notary.sign(role, payload, delegator)
    root = signed[ROOT].signed
    if stale - {ROOT} or SNAPSHOT in change.renewed:
        meta = {
            f"{role}.json": MetaFile(signed[role].signed.version)
            for role in signed
            if role not in (ROOT, SNAPSHOT, TIMESTAMP)
        }
        snapshot = Snapshot(version=next_version(SNAPSHOT), meta=meta)
        signed[SNAPSHOT] = notary.sign(SNAPSHOT, snapshot, root)
    timestamp = Timestamp(
        version=tree.version(TIMESTAMP) + 1,
        snapshot_meta=MetaFile(signed[SNAPSHOT].signed.version),
    )
    signed[TIMESTAMP] = notary.sign(TIMESTAMP, timestamp, root)
    return Tree(signed)


def _by_role(paths: Collection[str], collection: str) -> dict[str, list[str]]:
    by_role: dict[str, list[str]] = {}
    for path in paths:
        by_role.setdefault(role_of(path, collection), []).append(path)
    return by_role


def _begun(tree: Tree, wanted: Collection[str]) -> Tree:
    """The tree with room for the roles that get their first file, not signed yet.

    A repository that was made before there was such a role does not delegate to it: then `targets`
    is another one as well.
    """
    metadata = dict(tree.metadata)
    for role in (role for role in _WHEN_NEEDED if role in wanted and role not in metadata):
        if role not in _delegated(tree.targets):
            payload = copy.deepcopy(tree.targets)
            holder = _delegated(payload)[catalog_role(tree.collection)]
            _delegated(payload)[role] = DelegatedRole(
                role,
                list(holder.keyids),
                holder.threshold,
                terminating=True,
                paths=_paths_of(tree.collection)[role],
            )
            metadata[TARGETS] = Metadata(payload)
        online = {name: metadata.pop(name) for name in (SNAPSHOT, TIMESTAMP)}
        metadata |= {role: Metadata(Targets()), **online}
    return Tree(metadata)


def _delegated(targets: Targets) -> dict[str, DelegatedRole]:
    roles = targets.delegations.roles if targets.delegations else None
    return {} if roles is None else roles


def _root(collection: str, public: Mapping[str, Key]) -> Root:
    roles = roles_of(collection)
    root = Root(consistent_snapshot=True)
    for name in _TOP:
        for key_name in roles[name].key_names:
            root.add_key(public[key_name], name)
        root.roles[name].threshold = roles[name].threshold
    return root


def _delegations(collection: str, public: Mapping[str, Key]) -> Targets:
    roles = roles_of(collection)
    delegated = {
        name: DelegatedRole(name, [], roles[name].threshold, terminating=True, paths=patterns)
        for name, patterns in _paths_of(collection).items()
    }
    targets = Targets(delegations=Delegations({}, delegated))
    for name in delegated:
        for key_name in roles[name].key_names:
            targets.add_key(public[key_name], name)
    return targets
