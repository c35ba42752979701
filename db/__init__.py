"""What the hub and the kiosk must agree on: records, digest, token, catalog file.

Knows neither end: nothing here imports `kiosk` or `hub`, Qt or a web framework.
"""
