"""Which test plays which row of the catalogue."""

from collections.abc import Awaitable, Callable

from tests.faults.lab import Lab

Play = Callable[[Lab], Awaitable[None]]


class Cases(list[tuple[str, Play]]):
    """The plays of one family. Used as a decorator: ``@fault("N01", "N03")`` before a function that takes the lab."""

    def __call__(self, *rows: str) -> Callable[[Play], Play]:
        def remember(play: Play) -> Play:
            self.extend((row, play) for row in rows)
            return play

        return remember

    @property
    def names(self) -> list[str]:
        return [f"{row}-{play.__name__}" for row, play in self]
