from ppid_audit.extract.reading import read
from ppid_audit.model.capture import Problem, Role
from ppid_audit.model.site import Document, Page
from tests.extract import files
from tests.extract.making import exchange


def test_bytes_decide_between_page_and_document():
    assert isinstance(read(exchange(b"<html><p>Halo", "https://d.go.id/renstra.pdf")), Page)
    assert isinstance(read(exchange(files.pdf(files.words("Renstra")), "https://d.go.id/halaman.html")), Document)
    assert isinstance(read(exchange(b"\x89PNG\r\n\x1a\n", role=Role.IMAGE)), Document)
    assert isinstance(read(exchange(b"Beranda <a href=/x>x</a>", role=Role.FRAGMENT)), Page)


def test_nothing_is_read_where_nothing_came():
    assert read(exchange(b"<html>", status=404)) is None
    assert read(exchange(b"", status=None, problem=Problem.DEADLINE)) is None
    assert read(exchange(b"<html>", status=500, problem=Problem.SERVER_ERROR)) is None
    assert read(exchange(b"User-agent: *", role=Role.ROBOTS)) is None
    assert read(exchange(b"<urlset/>", role=Role.SITEMAP)) is None
