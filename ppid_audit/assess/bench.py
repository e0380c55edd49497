"""What a probe may use: the ground, and the mentions of its words."""

from collections.abc import Mapping
from functools import cached_property

from ppid_audit.assess.ground import Ground
from ppid_audit.assess.mentions import Mention, mentions
from ppid_audit.model.rubric import Probe


class Bench:
    """One agency's site laid out for all probes."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    @cached_property
    def _all(self) -> Mapping[Probe, tuple[Mention, ...]]:
        return mentions(self.ground)

    def mentions(self, probe: Probe) -> tuple[Mention, ...]:
        """Places on the site that name what the probe looks for."""
        return self._all.get(probe, ())
