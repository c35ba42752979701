"""The measures, one subject a file: each looks at a screen and says what it found to its tally."""
