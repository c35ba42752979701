"""The hub of the phone tests serves the kiosks' tests too."""

from tests.hub.phone.conftest import hub

__all__ = ["hub"]
