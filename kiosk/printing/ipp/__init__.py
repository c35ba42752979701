"""Sheets of A4 on a printer that speaks IPP: bytes, what they mean, and the order of asking."""
