"""Scanned documents with words on them: a page of text as a mere picture."""

from io import BytesIO

import pypdfium2 as pdfium

from ppid_audit.demo.documents import pdf


def scanned(title: str, *lines: str) -> bytes:
    """A PDF of one page that shows ``title`` and ``lines`` and holds no text."""
    page = pdfium.PdfDocument(pdf(title, lines))[0]
    paper = pdfium.PdfDocument.new()
    picture = pdfium.PdfImage.new(paper)
    picture.set_bitmap(page.render(scale=200 / 72, grayscale=True))
    picture.set_matrix(pdfium.PdfMatrix().scale(*page.get_size()))
    sheet = paper.new_page(*page.get_size())
    sheet.insert_obj(picture)
    sheet.gen_content()
    out = BytesIO()
    paper.save(out)
    return out.getvalue()
