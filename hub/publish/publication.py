"""The acts of a publisher: publish a source, and renew signatures before they end.

Knows the order of the checks. Does not know the notation of a source, or how to say what happened
(`hub.cli`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec

from db import clips, link_policy, snapshot
from db import head as heads
from hub.authoring import checks
from hub.authoring.findings import Finding
from hub.authoring.yaml_source import Source
from hub.publish import disk, edition
from hub.publish.edition import Edition
from hub.publish.keys import SPEECH, TIMESTAMP, roles_of
from hub.publish.repository import Repository
from hub.publish.speech import Speech
from hub.publish.tree import Artifact, Publishable

_RENEW_BELOW = 0.5  # of a role's lifetime: the other half is time to notice that nobody did


@dataclass(frozen=True)
class ClipChange:
    """What became of the recorded sentences."""

    count: int  # sound files that are offered now
    new: int
    new_bytes: int
    gone: int
    changed: bool  # also where only a text or a language is another


@dataclass(frozen=True)
class Publication:
    """What publishing came to."""

    changed: bool
    version: int
    records: int
    full_bytes: int  # 0 where the records are those of the version before
    warnings: tuple[Finding, ...]
    clips: ClipChange


@dataclass(frozen=True)
class Renewal:
    """What renewing came to."""

    renewed: tuple[str, ...]
    waiting: dict[str, datetime]  # roles whose keys are elsewhere, and when their time ends


def publish(
    repository: Repository,
    source: Source,
    *,
    speech: Speech | None = None,
    removals_confirmed: bool = False,
) -> Publication:
    """Publish what a source says, unless it is published already.

    Args:
        repository: where to.
        source: what the editors say.
        speech: the recorded sentences; None leaves those that are published.
        removals_confirmed: more than one record in twenty may go.

    Raises:
        SourceError: the source has errors.
        PublishError: see `hub.publish.errors`; nothing was changed.
        OSError: the disk is full or cannot be written; the old version stands.
    """
    warnings = tuple(checks.require_publishable(source))
    bodies = edition.bodies_of(source.records)
    with disk.locked(repository.lock_path):
        current = repository.read_current()
        version, old = (current[0].version, current[1]) if current else (0, {})
        artifacts = _policy(repository, source)
        full_bytes = 0
        if current is None or old != bodies:
            edition.check_change(old, bodies, removals_confirmed=removals_confirmed)
            version += 1
            collection = repository.tree().collection
            built = edition.build(bodies, collection, version, repository.now())
            artifacts += _artifacts(built)
            full_bytes = len(built.full)
        sounds = _sounds(repository, speech)
        if artifacts or sounds.change.changed:
            repository.replace([*artifacts, *sounds.coming], withdrawn=sounds.going)
        if sounds.change.changed:
            repository.sweep_clips()
    return Publication(bool(artifacts), version, len(bodies), full_bytes, warnings, sounds.change)


def renew(repository: Repository) -> Renewal:
    """Sign `timestamp` again, and every role of which less than half the time is left.

    Raises:
        PublishError: see `hub.publish.errors`; nothing was changed.
        OSError: the disk is full or cannot be written.
    """
    with disk.locked(repository.lock_path):
        due = _due(repository)
        here = [role for role in due if repository.can_sign(role)]
        repository.replace([], here)
    waiting = {role: expires for role, expires in due.items() if role not in here}
    return Renewal((*here, TIMESTAMP), waiting)


def _policy(repository: Repository, source: Source) -> list[Artifact]:
    content = link_policy.encode(source.link_hosts)
    unchanged = content == link_policy.encode(repository.link_hosts())
    return [] if unchanged else [Artifact(link_policy.PATH, content)]


@dataclass(frozen=True)
class _Sounds:
    """What is to be done about clips."""

    coming: tuple[Publishable, ...]
    going: tuple[str, ...]
    change: ClipChange


def _sounds(repository: Repository, speech: Speech | None) -> _Sounds:
    published = repository.tree().targets_of(SPEECH)
    if speech is None:
        count = len(published.keys() - {clips.PATH})
        return _Sounds((), (), ClipChange(count, 0, 0, 0, changed=False))
    wanted: dict[str, Publishable] = {**speech.recordings}
    if speech.clips:
        wanted[clips.PATH] = Artifact(clips.PATH, clips.encode(speech.clips))
    entries = {path: one.target() for path, one in wanted.items()}
    coming = [
        path
        for path, entry in entries.items()
        if published.get(path) != entry or not repository.has(entry)
    ]
    going = tuple(published.keys() - wanted.keys())
    new = [entries[path].length for path in coming if path != clips.PATH]
    gone = len({*going} - {clips.PATH})
    change = ClipChange(
        len(speech.recordings), len(new), sum(new), gone, changed=bool(coming or going)
    )
    return _Sounds(tuple(wanted[path] for path in coming), going, change)


def _artifacts(built: Edition) -> list[Artifact]:
    head = built.head
    return [
        Artifact(heads.path_of(head.collection), built.head_bytes, msgspec.to_builtins(head)),
        Artifact(snapshot.path_of(head.collection), built.full, {"to": head.version}),
    ]


def _due(repository: Repository) -> dict[str, datetime]:
    tree = repository.tree()
    lifetimes = {name: role.lifetime for name, role in roles_of(tree.collection).items()}
    now = repository.now()
    return {
        role: expires
        for role, expires in tree.expiries().items()
        if role != TIMESTAMP and expires - now < lifetimes[role] * _RENEW_BELOW
    }
