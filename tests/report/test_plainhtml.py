import re
from html.parser import HTMLParser

from ppid_audit.report.plainhtml import plain_html
from ppid_audit.report.words import visible
from tests.report.printing import HOSTILE, hostile, paper, sheet

OURS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer"),
    *("h1", "h2", "h3", "p", "ul", "ol", "li", "div", "span", "strong", "a", "br", "svg", "rect"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
VOID = {"meta", "br", "rect"}


class Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_texts_of_websites_are_texts():
    read = Reader(plain_html(paper(hostile())).decode())
    assert {tag for tag, _ in read.tags} <= OURS
    assert [name for _, attrs in read.tags for name in attrs if name.startswith("on")] == []
    links = [str(attrs["href"]) for tag, attrs in read.tags if tag == "a"]
    assert len(links) > 10
    assert [url for url in links if not re.match(r"https?://[!-~]+$", url)] == []
    shown = " ".join(read.text.split())
    assert [text for text in HOSTILE if visible(text)[:100].strip() not in shown] == []
    assert read.open == []


def test_nothing_is_fetched_and_no_script_may_run():
    text = plain_html(sheet("dinkes")).decode()
    assert "default-src 'none'; style-src 'sha256-" in text
    read = Reader(text)
    assert [attrs for tag, attrs in read.tags if tag != "a" and {"src", "href"} & set(attrs)] == []
    assert ("html", {"lang": "id"}) in read.tags
