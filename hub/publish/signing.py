"""Signs the metadata of a repository (The Update Framework 1.0) with the keys that are here.

Knows expiry, thresholds and the notation of a metadata file. Does not know which files a
repository has (`hub.publish.tree`) or where they are kept (`hub.publish.repository`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from tuf.api.exceptions import RepositoryError as TufError
from tuf.api.metadata import Metadata, Root, Signed, Targets
from tuf.api.serialization.json import JSONSerializer

from hub.publish.errors import PublishError
from hub.publish.keys import Keyring, Role

Delegator: TypeAlias = Root | Targets


class Notary:
    """Signs payloads, and checks every signature it made."""

    def __init__(self, keyring: Keyring, roles: Mapping[str, Role], now: datetime) -> None:
        self._keyring = keyring
        self._roles = roles
        self._now = now.astimezone(UTC).replace(microsecond=0)

    def sign(self, role: str, payload: Signed, delegator: Delegator) -> Metadata[Any]:
        """The payload with a fresh expiry and as many signatures as its role must have.

        Raises:
            KeyMissingError: too few keys are here.
            PublishError: the signatures do not verify.
        """
        payload.expires = self._now + self._roles[role].lifetime
        metadata: Metadata[Any] = Metadata(payload)
        try:
            wanted = delegator.get_delegated_role(role)
            for signer in self._keyring.signers(role, wanted.keyids, wanted.threshold):
                metadata.sign(signer, append=True)
            delegator.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
        except (TufError, ValueError) as error:
            raise PublishError(f"{role} could not be signed: {error}") from error
        return metadata


def to_bytes(metadata: Metadata[Any]) -> bytes:
    """The bytes of a metadata file."""
    return metadata.to_bytes(JSONSerializer(compact=True))
