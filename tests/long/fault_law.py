"""The law on faults over many pairs of site and faults: ``python -m tests.long.fault_law [PAIRS] [SEED]``.

First every address of every sample site is lost alone, then random parts of them. Prints each flip (item, before,
after, what was lost) and the totals; ends with 1 when there is any.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from random import Random

from ppid_audit.model.capture import Problem, Role
from ppid_audit.model.rubric import Rubric
from tests.faults.law import Flip, Seen, flips, gather, judged_without, rubric


def main(pairs: int = 10_000, seed: int = 20261124) -> int:
    ruler = rubric()
    sites = gather(ruler)
    draw, began = Random(seed), time.monotonic()
    count, found = 0, list[Flip]()
    for flipped in (*_alone(sites, ruler), *(flips(sites[n % len(sites)], ruler, draw) for n in range(pairs))):
        count += 1
        found += flipped
        for flip in flipped:
            _tell(count, flip)
    print(f"# {count} pairs on {len(sites)} sites: {len(found)} flips in {time.monotonic() - began:.0f} s")
    for (before, after), times in Counter((flip.before, flip.after) for flip in found).most_common():
        print(f"# {times}\t{before} -> {after}")
    return 1 if found else 0


def _alone(sites: tuple[Seen, ...], ruler: Rubric) -> Iterator[list[Flip]]:
    for seen in sites:
        places = sorted({c.url for c in seen.snapshot.captures if c.role not in (Role.ROBOTS, Role.SITEMAP)})
        for url in places:
            for unfound in (False, True):
                yield judged_without(seen, ruler, {url: Problem.SERVER_ERROR}, unfound)


def _tell(number: int, flip: Flip) -> None:
    lost = " | ".join(flip.lost[:4])
    print(f"{number}\t{flip.agency}\t{flip.item}\t{flip.before} -> {flip.after}\t{len(flip.lost)} lost: {lost}")


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
