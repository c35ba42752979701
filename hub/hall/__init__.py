"""Calls for a person: from a kiosk to the page that the staff of its hall keep open."""
