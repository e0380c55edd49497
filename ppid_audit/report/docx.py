"""A printed report as a DOCX file: the parts of the package (ECMA-376 parts 1 and 2) around ``docxbody.Body``.

The same report gives the same bytes: the only time in the file is the scan's.
"""

from datetime import datetime
from importlib.resources import files
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ppid_audit.report.docxbody import ORDERED_FROM, Body
from ppid_audit.report.paper.blocks import Cover, Paper
from ppid_audit.report.wordml import MARGIN, PAGE, field, paragraph, run

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "styles": ("styles.xml", f"{_TYPE}.styles+xml"),
    "numbering": ("numbering.xml", f"{_TYPE}.numbering+xml"),
    "settings": ("settings.xml", f"{_TYPE}.settings+xml"),
    "header": ("header1.xml", f"{_TYPE}.header+xml"),
    "footer": ("footer1.xml", f"{_TYPE}.footer+xml"),
}
_LANGUAGE = {"id": "id-ID", "en": "en-GB"}
_ORDERED = 4
"""The abstract numbering of numbered lists in parts/numbering.xml."""


def docx(paper: Paper) -> bytes:
    """The file's bytes."""
    body = Body(paper)
    written = body.xml()
    made = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(paper),
        "docProps/app.xml": _app(paper),
        "word/document.xml": _document(written, paper),
        "word/_rels/document.xml.rels": _relations(body.links),
        "word/styles.xml": _part("styles.xml").replace("id-ID", _LANGUAGE[paper.lang]),
        "word/numbering.xml": _numbering(body.ordered, paper),
        "word/settings.xml": _settings(paper),
        "word/header1.xml": _header(paper),
        "word/footer1.xml": _footer(paper),
    }
    return _zipped(made, paper.finished)


def _part(name: str) -> str:
    return (files(__package__) / "parts" / name).read_text(encoding="utf-8")


def _document(written: str, paper: Paper) -> str:
    cover = "<w:titlePg/>" if any(isinstance(block, Cover) for block in paper.blocks) else ""
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        '<w:footerReference w:type="default" r:id="footer"/>'
        f'<w:pgSz w:w="{PAGE[0]}" w:h="{PAGE[1]}"/><w:pgMar w:top="1418" w:right="{MARGIN}" w:bottom="1304" '
        f'w:left="{MARGIN}" w:header="624" w:footer="567" w:gutter="0"/>{cover}</w:sectPr>'
    )
    return f"{_HEAD}<w:document {_NAMES}><w:body>{written}{section}</w:body></w:document>"


def _header(paper: Paper) -> str:
    inner = run(paper.running) + "<w:r><w:tab/></w:r>" + run(paper.mark, style="Tanda")
    return f"{_HEAD}<w:hdr {_NAMES}>{paragraph('Header', inner)}</w:hdr>"


def _footer(paper: Paper) -> str:
    words = paper.words
    pages = run(f"{words.page} ") + field("PAGE", "1") + run(f" {words.of} ") + field("NUMPAGES", "1")
    inner = run(paper.author) + "<w:r><w:tab/></w:r>" + pages
    return f"{_HEAD}<w:ftr {_NAMES}>{paragraph('Footer', inner)}</w:ftr>"


def _numbering(ordered: int, paper: Paper) -> str:
    numbers = range(ORDERED_FROM + 1, ORDERED_FROM + 1 + ordered)
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    instances = (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{_ORDERED}"/>{restart}</w:num>' for number in numbers
    )
    text = _part("numbering.xml").replace("{annex}", escape(paper.words.annex))
    return text.replace("</w:numbering>", f"{''.join(instances)}</w:numbering>")


def _settings(paper: Paper) -> str:
    """Word offers to update the fields (page numbers of the contents) when it opens the file."""
    decimal, separator = (",", ";") if paper.lang == "id" else (".", ",")
    language = _LANGUAGE[paper.lang]
    return (
        f'{_HEAD}<w:settings {_NAMES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:updateFields w:val="true"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w:themeFontLang w:val="{language}"/>'
        f'<w:decimalSymbol w:val="{decimal}"/><w:listSeparator w:val="{separator}"/></w:settings>'
    )


def _relations(links: dict[str, str]) -> str:
    parts = (f'<Relationship Id="{name}" Type="{_R}/{name}" Target="{file}"/>' for name, (file, _) in _PARTS.items())
    outside = (
        f'<Relationship Id="{relation}" Type="{_R}/hyperlink" Target={quoteattr(url)} TargetMode="External"/>'
        for url, relation in links.items()
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(parts)}{"".join(outside)}</Relationships>'


def _package_relations() -> str:
    kinds = (
        (f"{_R}/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{_R}/extended-properties", "docProps/app.xml"),
    )
    made = (f'<Relationship Id="r{n}" Type="{kind}" Target="{at}"/>' for n, (kind, at) in enumerate(kinds, start=1))
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(made)}</Relationships>'


def _content_types() -> str:
    overrides = {f"/word/{file}": kind for file, kind in _PARTS.values()} | {
        "/word/document.xml": f"{_TYPE}.document.main+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    made = (f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(made)}</Types>'
    )


def _core(paper: Paper) -> str:
    author, when = escape(paper.author), escape(paper.finished)
    stamps = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{when}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(paper.title)}</dc:title><dc:subject>{escape(paper.running)}</dc:subject>"
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f"{stamps}<dc:language>{_LANGUAGE[paper.lang]}</dc:language><cp:contentStatus>{escape(paper.mark)}"
        "</cp:contentStatus></cp:coreProperties>"
    )


def _app(paper: Paper) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{_HEAD}<Properties xmlns="{kind}"><Application>{escape(paper.author)}</Application></Properties>'


def _zipped(made: dict[str, str], finished: str) -> bytes:
    out = BytesIO()
    when = datetime.fromisoformat(finished.replace("Z", "+00:00"))
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, text in made.items():
            info = ZipInfo(name, (max(when.year, 1980), when.month, when.day, when.hour, when.minute, when.second))
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            package.writestr(info, text.encode())
    return out.getvalue()
