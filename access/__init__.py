"""Measures every screen in millimetres and pixels against what people need. A development tool."""
