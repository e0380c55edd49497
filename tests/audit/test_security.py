import json
import stat

import pytest

from ppid_audit.audit import open_store
from ppid_audit.audit.security import NAME, threats_of, write
from ppid_audit.errors import StorageError
from ppid_audit.extract.site import assemble
from ppid_audit.model.agency import Agency
from ppid_audit.model.capture import Role, Snapshot
from ppid_audit.model.scan import Scan
from tests.cli.small_regency import Pages, Regency
from tests.cli.small_regency import page as plain_page
from tests.extract.making import HOME, page
from tests.web.pairs import bare, site

AGENCY = Agency("dinas", "Dinas Contoh", "dinas", HOME)
SCAN = Scan("20261124-1", "2026-11-24T00:00:00Z", "2026-11-24T01:00:00Z", "2026-11-24", "1", "r", "0", "0")
LINK = "<a href='https://x.example/slot-gacor/'>Slot Gacor\x1b[31m\u202e 3316011203850007</a>"


def threats(**pages: str):
    read = [page(html, f"{HOME}{name}", role=Role.PAGE, warc=f"a#{name}") for name, html in pages.items()]
    return threats_of(assemble(AGENCY, Snapshot("dinas", "", "", tuple(p.capture for p in read)), read), AGENCY)


def test_planted_links_and_taken_pages_are_told_with_their_evidence():
    found = threats(
        bersih=site("Profil", "<p>Tugas</p>"),
        disusupi=site("Berita", "<p>isi</p>") + LINK,
        rusak=bare("Hacked by X", "<h1>Hacked by X</h1>"),
    )
    assert [(t.kind, t.page, t.where, t.warc) for t in found] == [
        ("injected", f"{HOME}disusupi", "after_html", "a#disusupi"),
        ("defaced", f"{HOME}rusak", "page", "a#rusak"),
    ]


def test_the_file_is_for_its_owner_alone_and_harmless_to_print(tmp_path):
    path = write(tmp_path, SCAN, {"dinas": threats(a=site("Berita", "x") + LINK)}, [AGENCY])
    assert path is not None
    assert path == tmp_path / NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text(encoding="utf-8")
    assert not {"\x1b", "\u202e"} & set(text)
    assert "3316011203850007" not in text
    (entry,) = json.loads(text)["agencies"]
    assert entry["findings"][0]["url"] == "https://x.example/slot-gacor/"
    assert [each.name for each in tmp_path.iterdir()] == [NAME]


def test_without_findings_no_file_is_made_and_an_old_one_is_emptied(tmp_path):
    assert write(tmp_path, SCAN, {"dinas": ()}, [AGENCY]) is None
    assert list(tmp_path.iterdir()) == []
    (tmp_path / NAME).write_text("lama")
    assert write(tmp_path, SCAN, {}, [AGENCY]) is None
    assert json.loads((tmp_path / NAME).read_text())["agencies"] == []
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_a_folder_that_refuses_is_a_storage_error(tmp_path):
    with pytest.raises(StorageError, match=NAME):
        write(tmp_path / "tidak-ada", SCAN, {"dinas": threats(a=site("Berita", "x") + LINK)}, [AGENCY])


def test_judging_the_last_scan_again_tells_the_findings_anew(tmp_path):
    regency = Regency(tmp_path, dinkes=Pages({"/profil": plain_page("Profil") + LINK}))
    try:
        for _ in range(2):
            regency.scan("--fresh")
    finally:
        regency.close()
    told = tmp_path / "ppid-data" / NAME
    first, last = [scan.id for scan in open_store(tmp_path / "ppid-data").finished()]
    assert json.loads(told.read_text(encoding="utf-8"))["scan"] == last
    told.unlink()
    regency.run("rescore", first)
    assert not told.exists()
    regency.run("rescore", "latest")
    content = json.loads(told.read_text(encoding="utf-8"))
    assert content["scan"] == last
    assert [finding["where"] for each in content["agencies"] for finding in each["findings"]] == ["after_html"]
    assert stat.S_IMODE(told.stat().st_mode) == 0o600
