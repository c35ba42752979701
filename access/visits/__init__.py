"""Screens of the errands, registered by topic."""
