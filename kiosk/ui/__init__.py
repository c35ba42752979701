"""The design system: sizes in millimetres, looks, widgets. Knows no service."""
