"""Does what stands under a name carry the information, in a form that the item accepts?"""

from ppid_audit.assess.content import Content
from ppid_audit.assess.files import Files, Open
from ppid_audit.assess.forms import Forms
from ppid_audit.assess.ground import Ground
from ppid_audit.assess.natures import REASONS
from ppid_audit.assess.opened import Opened
from ppid_audit.assess.trace import Trace, best
from ppid_audit.model.finding import Observation
from ppid_audit.model.rubric import Probe, Reason, Verdict


class Carried:
    """Judges content for one probe. ``open_url`` says what an address shows."""

    def __init__(self, ground: Ground, probe: Probe, opened: Opened, open_url: Open) -> None:
        self.ground = ground
        self._files = Files(ground, probe, open_url)
        self._forms = Forms(ground, probe, opened)

    def judge(self, content: Content, trace: Trace) -> Observation:
        """What the content is worth for the item that ``trace`` names."""
        spoilt = self.spoilt(content, trace)
        if spoilt is not None:
            return spoilt
        files = list(self._files.of(content, trace))
        seen = [*files, *self._forms.of(content, trace, bool(files))]
        shown = best(o for o in seen if o.verdict in {Verdict.FULFILLED, Verdict.CANNOT_TELL})
        return shown or self._nothing(content, trace, seen)

    def files_in(self, content: Content, trace: Trace) -> Observation | None:
        """The best of the files that a page offers which does not name the item itself."""
        return best(seen for seen in self._files.of(content, trace) if seen.verdict is not Verdict.PARTIAL)

    def speaks_of_another(self, content: Content) -> bool:
        """Whether a page begins with the text of another item."""
        return self._forms.speaks_of_another(content)

    def spoilt(self, content: Content, trace: Trace) -> Observation | None:
        """Pages that say themselves that they hold nothing."""
        page = content.page
        if page.nature in REASONS:
            return trace.say(REASONS[page.nature], 0.85, page.url, page.capture)
        if page.shell:
            return trace.say(Reason.SCRIPT_ONLY, 0.8, page.url, page.capture)
        if content.says_not_found:
            return trace.say(Reason.DEAD_LINK, 0.85, page.url, page.capture)
        twin = page.url in self.ground.shells and not content.says_empty
        if content.says_placeholder or content.is_filler or twin:
            return trace.say(Reason.PLACEHOLDER, 0.9, page.url, page.capture)
        return None

    def _nothing(self, content: Content, trace: Trace, seen: list[Observation]) -> Observation:
        page = content.page
        empty_table = bool(content.tables) and not content.data_rows
        by_script = self.ground.lists_by_script(page) or any(table.filled_by_script for table in content.tables)
        if by_script and not content.data_rows:
            return trace.say(Reason.SCRIPT_ONLY, 0.7, page.url, page.capture)
        if content.says_empty or empty_table:
            return trace.say(Reason.EMPTY_LIST, 0.9, page.url, page.capture)
        return best(seen) or trace.say(Reason.NAMED_WITHOUT_CONTENT, 0.8, page.url, page.capture)
