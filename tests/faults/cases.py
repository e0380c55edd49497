"""Which test plays which row of the catalogue."""

from collections.abc import Callable
from typing import Any

Play = Callable[..., Any]


class Cases(list[tuple[str, Play]]):
    """The plays of one family. Used as a decorator: ``@fault("N01", "N03")`` before a function that takes the lab."""

    def __call__(self, *rows: str) -> Callable[[Play], Play]:
        def remember(play: Play) -> Play:
            self.extend((row, play) for row in rows)
            return play

        return remember

    @property
    def plays(self) -> list[Play]:
        """Each play once."""
        return list(dict.fromkeys(play for _, play in self))

    @property
    def names(self) -> list[str]:
        """``N01+N03-name`` for each of ``plays``."""
        return [f"{'+'.join(row for row, each in self if each is play)}-{play.__name__}" for play in self.plays]
