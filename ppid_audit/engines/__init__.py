"""Anything shaped like map: where work runs that must be stoppable."""
