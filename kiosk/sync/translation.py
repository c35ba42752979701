"""Foreign errors of a sync in our own words. Knows which error means what, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from securesystemslib.exceptions import StorageError
from sqlalchemy.exc import SQLAlchemyError
from tuf.api.exceptions import (
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    RepositoryError,
)
from tuf.api.serialization import DeserializationError

from db.clips import ClipsError
from db.head import HeadError
from db.link_policy import LinkPolicyError
from db.snapshot import SnapshotError
from kiosk.core.errors import DiskError, HubAnswerError, HubUnreachableError, NotTrustedError

_UNREADABLE = (ClipsError, HeadError, LinkPolicyError, SnapshotError)
_BUSY = (429, 500, 502, 503, 504)


@contextmanager
def in_our_words() -> Iterator[None]:
    """Let only errors of the kiosk's own tree out of the block.

    Raises:
        HubUnreachableError: no answer, not in time, or a server that is out of order.
        HubAnswerError: an answer that is no metadata, no snapshot, or without end.
        NotTrustedError: signatures, versions, expiry, length or hash refuse it.
        DiskError: a file or database could not be written.
    """
    try:
        yield
    except DownloadHTTPError as error:
        busy = error.status_code in _BUSY
        raise (HubUnreachableError if busy else HubAnswerError)(str(error)) from error
    except DownloadLengthMismatchError as error:
        raise HubAnswerError(str(error)) from error
    except DownloadError as error:
        raise HubUnreachableError(str(error)) from error
    except (DeserializationError, *_UNREADABLE) as error:
        raise HubAnswerError(f"the answer cannot be read: {error}") from error
    except RepositoryError as error:
        raise NotTrustedError(str(error)) from error
    except (SQLAlchemyError, StorageError, OSError) as error:
        raise DiskError(f"this machine could not keep it: {error}") from error
