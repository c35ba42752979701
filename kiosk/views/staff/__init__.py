"""Screens of staff at the machine."""
