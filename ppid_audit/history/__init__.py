"""Scans and their results, kept. The only user of a database."""
