"""What a phone meets: checked hand-offs, public guide pages, the door to a provider."""
