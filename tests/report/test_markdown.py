import re

from markdown_it import MarkdownIt

from ppid_audit.report.markdown import markdown
from ppid_audit.report.words import visible
from tests.report.printing import EN, HOSTILE, finished, hostile, nobody, paper, sheet
from tests.report.sample import RESULT

READER = MarkdownIt("commonmark", {"html": True}).enable("table")


def tokens(text: str):
    for token in READER.parse(text):
        yield token
        yield from token.children or ()


def rendered_text(text: str) -> str:
    return " ".join(token.content for token in tokens(text) if token.type in ("text", "code_inline"))


def test_the_report_is_markdown_with_headings_and_tables():
    text = markdown(paper()).decode()
    kinds = [token.type for token in tokens(text)]
    assert kinds.count("table_open") > 10
    assert [line for line in text.splitlines() if line.startswith("# ")] == [
        "# Laporan Hasil Penilaian Keterbukaan Informasi Publik pada Situs Web Perangkat Daerah"
    ]
    assert "## 1. Ringkasan" in text
    assert "### 4.1 Peringkat" in text
    assert "## Lampiran 2. Dinas Kesehatan" in text


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    text = markdown(paper(hostile())).decode()
    lines = [line for line in text.splitlines() if line.startswith("|")]
    bars = [len(re.findall(r"(?<!\\)\|", line)) for line in lines]
    heads = [place for place, line in enumerate(lines) if re.match(r"\| (---|--:)", line)]
    assert len(heads) > 10
    ends = [*(place - 1 for place in heads[1:]), len(lines)]
    for head, end in zip(heads, ends, strict=True):
        assert set(bars[head - 1 : end]) == {bars[head]}


def test_nothing_that_a_website_wrote_is_active():
    text = markdown(paper(hostile())).decode()
    seen = list(tokens(text))
    assert {token.content for token in seen if token.type in ("html_inline", "html_block")} <= {"<br>"}
    assert [token for token in seen if token.type in ("image", "code_inline", "code_block", "fence", "hr")] == []
    links = [str(token.attrs["href"]) for token in seen if token.type == "link_open"]
    assert len(links) > 10
    assert [url for url in links if not re.match(r"https?://(situs|opd-\d+\.contoh)\.example/", url)] == []
    assert not re.search(r"(?<!<)https?://", re.sub(r"\(<[^>]*>\)", "", text))


def test_hostile_names_read_as_they_are():
    shown = "".join(rendered_text(markdown(paper(hostile())).decode()).split())
    assert [text for text in HOSTILE if "".join(visible(text)[:100].split()) not in shown] == []


def test_draft_is_said_at_the_top_and_a_final_report_is_none():
    assert markdown(paper()).decode().splitlines()[2] == "**DRAF**"
    assert markdown(sheet("dinkes")).decode().startswith("**DRAF** · ")
    assert "DRAF" not in markdown(paper(finished())).decode()


def test_nobody_and_english():
    assert "Belum ada perangkat daerah yang dapat dinilai" in markdown(paper(nobody())).decode()
    assert "## 2. Legal Basis" in markdown(paper(RESULT, EN)).decode()
