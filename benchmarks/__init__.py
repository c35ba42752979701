"""Figures of this program, each printed as `name value unit`; never a test."""
