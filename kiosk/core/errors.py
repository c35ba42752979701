"""Every error that the kiosk's own code raises, in one tree.

    KioskError
    ├── ConfigError               a configuration file names something wrong
    ├── CatalogError
    │   ├── CatalogMissingError   no catalog on this machine
    │   └── CatalogDamagedError   a stored record is not the one that was signed
    ├── SyncError
    │   ├── HubUnreachableError   no answer, or not in time
    │   ├── HubAnswerError        an answer that is not what the protocol says
    │   ├── NotTrustedError       signatures, versions or digest refuse it
    │   └── DiskError             this machine could not store it
    ├── SearchCancelledError      a newer keystroke made this search useless
    ├── PrinterError              a port could not be opened or written
    ├── VoiceError                an engine or a sound device is not there, or failed
    └── CutOffError               something newer is to be said

Absence is None, not an error. Citizens never see the text of any of these.
"""


class KioskError(Exception):
    """Anything this program raises on purpose."""


class ConfigError(KioskError):
    """A configuration file names something wrong; the text says file and key."""


class CatalogError(KioskError):
    """The catalog on this machine cannot be used."""


class CatalogMissingError(CatalogError):
    """There is no catalog on this machine."""


class CatalogDamagedError(CatalogError):
    """A stored record is not the one that was signed."""


class SyncError(KioskError):
    """A sync ended without a new catalog; the old one stays."""


class HubUnreachableError(SyncError):
    """The hub did not answer, or not in time."""


class HubAnswerError(SyncError):
    """The hub's answer is not what the protocol says."""


class NotTrustedError(SyncError):
    """Signatures, versions or the content digest refuse what was fetched."""


class DiskError(SyncError):
    """This machine could not store what was fetched."""


class SearchCancelledError(KioskError):
    """A newer keystroke made this search useless."""


class PrinterError(KioskError):
    """A printer's port could not be opened or written."""


class VoiceError(KioskError):
    """An engine or a sound device is not there, or failed; the text names it."""


class CutOffError(KioskError):
    """Something newer is to be said, or nothing any more."""
