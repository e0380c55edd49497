"""One file for each layout, named after its number."""
