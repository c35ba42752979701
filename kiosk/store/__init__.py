"""This machine's files: the catalog, its search index, the state, the print journal."""
