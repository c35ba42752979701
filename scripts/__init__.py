"""What developers and CI run: the demo on one machine, the strings, the build."""
