"""The central server: imports, checks, signs and serves a city's catalog."""
