"""What can keep a catalog from being published, in one tree.

PublishError
├── BusyError            somebody else is publishing
├── KeyMissingError      too few keys of a role are on this machine
├── NotConfirmedError    a change this large wants a second yes
├── NumberReusedError    a short number would name another service
└── RepositoryError      the repository on disk is missing or damaged

Nothing was changed when one of these is raised.
"""


class PublishError(Exception):
    """The catalog was not published; the repository is as it was."""


class BusyError(PublishError):
    """Somebody else is publishing."""


class KeyMissingError(PublishError):
    """Too few keys of a role are on this machine."""


class NotConfirmedError(PublishError):
    """A change this large wants a second yes."""


class NumberReusedError(PublishError):
    """A short number would name another service than before."""


class RepositoryError(PublishError):
    """The repository on disk is missing or damaged."""
