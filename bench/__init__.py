"""Measurements of speed and memory, beside other programs that do the same job: ``make bench``."""
