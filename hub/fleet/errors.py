"""What can go wrong with the fleet. Every text names the thing and the way out."""


class FleetError(Exception):
    """A kiosk could not be enrolled, revoked or told apart."""
