"""What stands on each kind of slip."""
