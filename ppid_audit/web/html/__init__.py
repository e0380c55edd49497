"""HTML: a flat tree of a page, the regions on it, the names of its links. The only door to lxml."""

from ppid_audit.web.html.office import xml_text
from ppid_audit.web.html.parser import parse
from ppid_audit.web.html.skim import Skim, SkimLink, skim
from ppid_audit.web.html.tree import Element, Tree

__all__ = ["Element", "Skim", "SkimLink", "Tree", "parse", "skim", "xml_text"]
