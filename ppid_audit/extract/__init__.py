"""Bytes to pages and documents. Pure: no clock, no files, no network."""
