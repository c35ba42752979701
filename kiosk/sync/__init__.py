"""Brings what the hub has published to this machine. Knows no screen.

`fetcher` gets files and decides nothing; `trust` reads what python-tuf accepted; `verify` judges
and touches nothing; `apply` builds a catalog file; `deep_check` proves one again; `cycle` is one
sync from the first question to the switch. Recorded sentences come after it: `clip_shelf` keeps
them, `clip_cycle` brings them.
"""
