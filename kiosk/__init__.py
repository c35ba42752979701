"""The terminal in the hall."""

VERSION = "0.2.0"
"""Of this program, as in pyproject.toml; a catalog may ask for a newer one."""
