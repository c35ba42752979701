"""The machine's voice: what is on the screen, said aloud."""
