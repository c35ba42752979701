"""What a person types → ranked services with what was meant. Knows no screen."""
