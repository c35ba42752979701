"""A copy of the repository to carry on a stick: to install a kiosk, or to feed one without a line.

Knows which files a kiosk may ask for. The copy needs no trust on its way: it is checked like what
the hub sends. Only the online roles are signed anew, for longer, since a stick is slower than a
line; the publishers' own signatures and their end are left as they are.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hub.publish import disk, signing
from hub.publish.keys import ROOT, SNAPSHOT, TIMESTAMP, Keyring, roles_of, transport_role
from hub.publish.repository import Repository, hashed_path
from hub.publish.signing import Notary
from hub.publish.tree import Tree


def export(repository: Repository, folder: Path, lifetime: timedelta) -> int:
    """Write `metadata/` and `targets/` below a folder and return the bytes written.

    Raises:
        PublishError: see `hub.publish.errors`.
        OSError: the folder cannot be written.
    """
    size = 0
    for path, content in _files(repository, _long_lived(repository, lifetime)):
        disk.write_durably(folder / path, content)
        size += len(content)
    return size


def _files(repository: Repository, tree: Tree) -> Iterator[tuple[str, bytes]]:
    """Every file of a copy, one at a time: clips may be more than memory holds."""
    for target in tree.all_targets():
        path = hashed_path(target)
        yield f"targets/{path}", (repository.targets_dir / path).read_bytes()
    for root in repository.metadata_dir.glob(f"*.{ROOT}.json"):
        yield f"metadata/{root.name}", root.read_bytes()
    for role, metadata in tree.metadata.items():
        if role == ROOT:
            continue  # among those above
        name = f"{role}.json" if role == TIMESTAMP else f"{tree.version(role)}.{role}.json"
        yield f"metadata/{name}", signing.to_bytes(metadata)


def _long_lived(repository: Repository, lifetime: timedelta) -> Tree:
    tree = repository.tree()
    online = (transport_role(tree.collection), SNAPSHOT, TIMESTAMP)
    roles = {
        name: replace(role, lifetime=lifetime) if name in online else role
        for name, role in roles_of(tree.collection).items()
    }
    notary = Notary(Keyring(repository.keys_dir), roles, repository.now())
    signed = dict(tree.metadata)
    for role in online:
        payload = copy.deepcopy(signed[role].signed)
        signed[role] = notary.sign(role, payload, tree.delegator(role))
    return Tree(signed)
