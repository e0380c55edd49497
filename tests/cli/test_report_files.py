"""``report`` as files: folders for what is one file an agency, digests of all of them, sentences where none can be."""

import hashlib
import json

import pytest

from ppid_audit.cli.files import MANIFEST, write_all, write_reports
from ppid_audit.errors import StorageError
from tests.program import run
from tests.report.printing import ID
from tests.report.sample import RESULT


def test_sheets_and_badges_stand_in_folders_and_in_the_manifest(tmp_path):
    made = write_reports(RESULT, tmp_path / "laporan", ("csv", "md", "badge"), "excel", ID, per_agency=True)
    written = {path.relative_to(tmp_path / "laporan").as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    ids = [entry.agency.id for entry in RESULT.agencies]
    sheets, badges = {f"rapor/{name}.md" for name in ids}, {f"lencana/{name}.svg" for name in ids}
    assert written == {"skor.csv", "temuan.csv", "laporan.md", MANIFEST} | sheets | badges
    assert made[-1].name == MANIFEST
    digests = json.loads(made[-1].read_text())["sha256"]
    assert set(digests) == written - {MANIFEST}
    content = {name: (tmp_path / "laporan" / name).read_bytes() for name in digests}
    assert digests == {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "rapor").write_text("sebuah berkas")
    with pytest.raises(StorageError, match="tidak dapat ditulis"):
        write_all(tmp_path, {"rapor/dinkes.md": b"x"})


def test_sheets_need_a_folder(tmp_path):
    done = run("report", "--per-agency", "--data", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "--per-agency menulis berkas; sebutkan foldernya dengan --out.\n"
