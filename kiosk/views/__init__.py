"""The screens, one a file: functions from a visit and a catalog to a page of blocks."""
