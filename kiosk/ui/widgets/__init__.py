"""The few widgets everything is drawn with; each measures itself before it exists."""
