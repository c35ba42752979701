"""What a thief of some keys can do to a published repository."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Signed

from hub.publish import disk, signing
from hub.publish.repository import Repository, hashed_path
from hub.publish.tree import Artifact

ONLINE = ("online-1",)


class Thief:
    """Holds copies of some private keys and may write to the server's disk."""

    def __init__(self, repository: Repository, keys: Iterable[str]) -> None:
        self._repository = repository
        self._keys = tuple(keys)
        self._tree = repository.tree()

    def forge(self, role: str, change: Callable[[Any], None]) -> None:
        """Change a role's newest metadata, raise its version, sign with what is at hand."""
        payload = copy.deepcopy(self._tree.metadata[role].signed)
        change(payload)
        payload.version += 1
        self.write(role, payload)
        self.announce({role: payload.version})

    def put(self, role: str, artifact: Artifact) -> None:
        """Offer a file under a role's name."""
        path = self._repository.targets_dir / hashed_path(artifact.target())
        disk.write_durably(path, artifact.content)

        def offer(payload: Any) -> None:
            payload.targets[artifact.path] = artifact.target()

        self.forge(role, offer)

    def announce(self, versions: dict[str, int], by: int = 1) -> None:
        """Snapshot and timestamp that lead to these versions."""
        snapshot = copy.deepcopy(self._tree.metadata["snapshot"].signed)
        snapshot.version += by
        for role, version in versions.items():
            snapshot.meta[f"{role}.json"] = MetaFile(version)
        self.write("snapshot", snapshot)
        timestamp = copy.deepcopy(self._tree.metadata["timestamp"].signed)
        timestamp.version += by
        timestamp.snapshot_meta = MetaFile(snapshot.version)
        self.write("timestamp", timestamp)

    def write(self, role: str, payload: Signed) -> None:
        """Sign a payload with every key at hand, and put it on the server."""
        metadata: Metadata[Any] = Metadata(payload)
        for name in self._keys:
            pem = (self._repository.keys_dir / f"{name}.pem").read_bytes()
            metadata.sign(CryptoSigner(load_pem_private_key(pem, None)), append=True)
        name = f"{role}.json" if role == "timestamp" else f"{payload.version}.{role}.json"
        write(self._repository.metadata_dir / name, signing.to_bytes(metadata))


def write(path: Path, content: bytes) -> None:
    """Replace a file as an attacker would: so that a kiosk notices that it is another."""
    later_s = int(path.stat().st_mtime) + 7 if path.exists() else None
    disk.write_durably(path, content, later_s)
