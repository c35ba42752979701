"""From what editors keep to records: reading source files and judging them."""
