"""The roles of a repository and the private keys that are on this machine.

Knows how many keys a role has, how many must sign, and for how long a signature is good. Does not
know what is signed (`hub.publish.repository`).

The offline roles belong to people: after `hub init` their keys go to tokens or a safe, and only
the online keys stay. The emergency role `alert` (duty officers, one of several) is not made yet:
it is one more line in `roles_of`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner

from hub.publish import disk
from hub.publish.errors import KeyMissingError

ROOT, TARGETS, SNAPSHOT, TIMESTAMP = "root", "targets", "snapshot", "timestamp"
POLICY = "policy"
SPEECH = "speech"  # what is said aloud: signed by those who sign what is shown


@dataclass(frozen=True)
class Role:
    """Who signs one kind of file."""

    name: str
    holder: str  # whose keys: two roles may share them
    keys: int
    threshold: int
    lifetime: timedelta

    @property
    def key_names(self) -> tuple[str, ...]:
        """The names of its keys, which are also their file names."""
        return tuple(f"{self.holder}-{n}" for n in range(1, self.keys + 1))


def catalog_role(collection: str) -> str:
    """The role of the publishers of a collection."""
    return f"catalog-{collection}"


def transport_role(collection: str) -> str:
    """The role that carries a collection's files: it cannot change what they say."""
    return f"transport-{collection}"


def roles_of(collection: str) -> dict[str, Role]:
    """All roles by name, the most trusted first."""
    catalog, transport = catalog_role(collection), transport_role(collection)
    roles = (
        Role(ROOT, ROOT, 5, 3, timedelta(days=365)),
        Role(TARGETS, TARGETS, 3, 2, timedelta(days=180)),
        Role(POLICY, POLICY, 3, 2, timedelta(days=180)),
        Role(catalog, catalog, 3, 2, timedelta(days=90)),
        Role(SPEECH, catalog, 3, 2, timedelta(days=90)),
        Role(transport, transport, 1, 1, timedelta(days=7)),
        Role(SNAPSHOT, "online", 1, 1, timedelta(days=7)),
        Role(TIMESTAMP, "online", 1, 1, timedelta(days=1)),
    )
    return {role.name: role for role in roles}


class Keyring:
    """The private keys in one folder, PEM files that only their owner can read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def generate(self, name: str) -> CryptoSigner:
        """Make a new Ed25519 key and keep it.

        Raises:
            FileExistsError: there is a key of this name.
        """
        signer = CryptoSigner.generate_ed25519()
        disk.write_secret(self._folder / f"{name}.pem", signer.private_bytes)
        return signer

    def signers(self, role: str, key_ids: Iterable[str], threshold: int) -> list[CryptoSigner]:
        """As many signers of a role as must sign, each with another key.

        Raises:
            KeyMissingError: fewer of its keys are here.
        """
        wanted = set(key_ids)
        here = [signer for signer in self._all() if signer.public_key.keyid in wanted]
        if len(here) < threshold:
            message = f"{role} needs {threshold} keys to sign, {len(here)} are in {self._folder}"
            raise KeyMissingError(message)
        return here[:threshold]

    def _all(self) -> list[CryptoSigner]:
        signers = []
        for file in sorted(self._folder.glob("*.pem")):
            try:
                private = load_pem_private_key(file.read_bytes(), None)
                signers.append(CryptoSigner(private))
            except (ValueError, TypeError, OSError) as error:
                raise KeyMissingError(f"{file} is no readable key: {error}") from error
        return signers
