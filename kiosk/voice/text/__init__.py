"""What is read out of a text, and how: pure, but for the dictionary of readings."""
