"""A whole objection round on the demo: worksheet out, filled in, taken back, made final, corrected afterwards."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from ppid_audit.cli.options import day
from ppid_audit.demo.regency import AGENCIES
from ppid_audit.demo.server import DemoServer
from tests.cli.desk import call
from tests.cli.filling import filled, save_csv, save_xlsx

SITES = ("setwan-contoh", "kec-sukacontoh", "ppid-contoh")
SETWAN, KEC, PPID = SITES
LHKPN, ASET, SOP, DIP, VISI = (
    "berkala.lhkpn",
    "berkala.daftar-aset",
    "setiap-saat.sop-layanan",
    "setiap-saat.dip",
    "berkala.visi-misi",
)
TODAY = day(None)


class Office:
    """A folder with the files of a scan of some demo sites."""

    def __init__(self, folder: Path, urls: Mapping[str, str]) -> None:
        self.folder, self.urls = folder, urls
        entries = "".join(
            f"  - {{id: {a.id}, name: '{a.name}', kind: {a.kind}, url: '{urls[a.id]}', trusted: ['{urls[PPID]}']}}\n"
            for a in AGENCIES
            if a.id in SITES
        )
        (folder / "agencies.yaml").write_text(
            f"region: Kabupaten Contoh\ncrawl: {{delay: 0, max_pages: 25}}\nagencies:\n{entries}", "utf-8"
        )
        self("init", "mulai")
        (folder / "mulai" / "rubric.yaml").rename(folder / "rubric.yaml")

    def __call__(self, *arguments: str, code: int = 0) -> str:
        ended, out, err = call(self.folder, *arguments)
        assert "Traceback" not in err
        assert ended == code, err
        return out + err

    def json(self, *arguments: str) -> Any:
        return json.loads(call(self.folder, *arguments, "--json")[1])

    def report(self) -> Any:
        return self.json("report")

    def agency(self, name: str) -> Any:
        return next(agency for agency in self.report()["agencies"] if agency["id"] == name)

    def item(self, agency: str, item: str) -> Any:
        return next(each for each in self.agency(agency)["items"] if each["id"] == item)

    def reviews(self) -> str:
        return (self.folder / "reviews.yaml").read_text("utf-8")

    def log(self) -> Any:
        return json.loads((self.folder / "ppid-data" / "tinjauan.json").read_text("utf-8"))["imports"]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with DemoServer(sites=SITES, dead=()) as server:
        office = Office(tmp_path_factory.mktemp("kantor"), server.urls)
        office("scan", "--as-of", "2026-11-24", "--quiet")
        yield office


def answer(verdict: str, reason: str, why: str, by: str = "Sri Wahyuni", /, **more: Any) -> dict[str, Any]:
    return {"putusan peninjau": verdict, "alasan": reason, "uraian": why, "oleh": by, **more}


def test_the_whole_round(office):
    before = office.agency(SETWAN)
    assert office("review", "export", "--agency", SETWAN, "--out", "sanggahan.xlsx").count("60 butir") == 1
    there, gone = urljoin(office.urls[PPID], "/"), urljoin(office.urls[SETWAN], "/tidak/ada.pdf")
    fill = {
        (SETWAN, LHKPN): answer("terpenuhi", "dinyatakan ada", "Diumumkan di PPID utama", **{"alamat bukti": there}),
        (SETWAN, ASET): answer("terpenuhi", "dikoreksi", "Sudah kami unggah", **{"alamat bukti": gone}),
        (SETWAN, SOP): answer("Terpenuhi", "corrected", "SOP ada", **{"alamat bukti": "https://sop.example.org/a.pdf"}),
        (SETWAN, DIP): answer(
            "tidak berlaku", "dikecualikan", "DIP digabung di PPID", **{"berlaku sampai": TODAY + timedelta(days=400)}
        ),
    }
    grid = filled(office.folder / "sanggahan.xlsx", fill)
    save_xlsx(office.folder / "kembali.xlsx", grid, order=list(reversed(range(len(grid[0])))))

    said = office("review", "import", "kembali.xlsx")
    assert "2 tinjauan diterima, 2 ditolak, 0 sudah ada" in said
    assert "situs menjawab bahwa halaman itu tidak ada" in said
    assert "bukan di situs sendiri" in said

    after = office.agency(SETWAN)
    assert after["score"] > before["score"]
    assert f"{before['score']} (".replace(".", ",") in said
    assert f"{after['score']} (".replace(".", ",") in said
    lhkpn = office.item(SETWAN, LHKPN)
    assert (lhkpn["verdict"], lhkpn["reason"], lhkpn["reviewed"]) == ("fulfilled", "attested", True)
    assert lhkpn["superseded"]["verdict"] == "missing"
    assert lhkpn["evidence"][0]["url"] == there
    assert len(lhkpn["evidence"][0]["sha256"]) == 64
    assert office.item(SETWAN, DIP)["reason"] == "waived"
    assert office.item(SETWAN, ASET)["reviewed"] is False
    assert "Diumumkan di PPID utama — Sri Wahyuni" in office("explain", SETWAN, LHKPN)

    [entry] = office.log()
    assert [(row["item"], row["accepted"]) for row in entry["rows"]] == [
        (LHKPN, True), (ASET, False), (DIP, True), (SOP, False),
    ]  # fmt: skip
    assert {check["outcome"] for row in entry["rows"] for check in row["checks"]} == {"accepted", "refused"}
    assert entry["scores"][0]["before"]["score"] == before["score"]
    assert entry["scores"][0]["after"]["score"] == after["score"]
    assert office.reviews().count("  - agency:") == 2


def test_judging_again_with_these_reviews_says_the_same(office):
    told = office.report()
    again = office.json("rescore")
    given = office.json("rescore", "--reviews", "reviews.yaml")
    assert again == given == told


def test_a_waiver_lapses_by_its_date(office):
    later = (TODAY + timedelta(days=401)).isoformat()
    again = office.json("rescore", "--as-of", later)
    items = {i["id"]: i for i in next(a for a in again["agencies"] if a["id"] == SETWAN)["items"]}
    assert items[DIP]["reviewed"] is False
    assert items[LHKPN]["reviewed"] is True


def test_the_same_file_again_changes_nothing(office):
    before, log = office.reviews(), office.log()
    assert "0 tinjauan diterima, 2 ditolak, 2 sudah ada" in office("review", "import", "kembali.xlsx")
    assert office.reviews() == before
    head, *rows = filled(office.folder / "kembali.xlsx", {})
    save_csv(office.folder / "satu.csv", [head, *(row for row in rows if LHKPN in row)])
    said = office("review", "import", "satu.csv")
    assert "Semua 1 tinjauan sudah ada di reviews.yaml" in said
    assert office.reviews() == before
    assert len(office.log()) == len(log) + 1


def test_two_reviewers_are_compared_and_none_of_their_words_is_lost(office):
    office("review", "export", "--agency", KEC, "--out", "kec.csv")
    first = {
        (KEC, LHKPN): answer("tidak ditemukan", "dikoreksi", "tidak ada", "Budi"),
        (KEC, ASET): answer("sebagian", "dikoreksi", "hanya judul", "Budi"),
        (KEC, DIP): answer("tidak ditemukan", "dikoreksi", "tidak ada", "Budi"),
    }
    second = {cell: {**said, "oleh": "Ani", "uraian": "dilihat sendiri"} for cell, said in first.items()}
    second[KEC, DIP] = answer("sebagian", "dikoreksi", "ada judulnya", "Ani")
    for name, fill in (("budi.csv", first), ("ani.csv", second)):
        save_csv(office.folder / name, filled(office.folder / "kec.csv", fill), separator=",", encoding="cp1252")
    said = office("review", "import", "budi.csv", "ani.csv")
    assert "6 tinjauan diterima, 0 ditolak" in said
    assert "Budi dan Ani menilai 3 butir yang sama: sepakat 2 (66%), kappa Cohen 0,40" in said
    assert f"{KEC} · {DIP}: tidak ditemukan / sebagian" in said
    item = office.item(KEC, DIP)
    assert [item["verdict"], item["superseded"]["verdict"]] == ["partial", "missing"]
    assert item["superseded"]["reviewed"] is True
    assert item["superseded"]["superseded"]["reviewed"] is False
    told = office("explain", KEC, DIP)
    assert "ada judulnya — Ani" in told
    assert "Putusan peninjau sebelumnya: tidak ditemukan" in told
    assert "Putusan alat sebelum ditinjau" in told


def test_one_review_by_itself_and_in_english(office):
    options = ("--verdict", "missing", "--reason", "corrected", "--justification", "only a slogan", "--by", "Ani")
    said = office("review", "add", KEC, VISI, *options, "--offline", "--lang", "en")
    assert "1 reviews taken up, 0 refused" in said
    assert office.item(KEC, VISI)["verdict"] == "missing"
    wrong = office("review", "add", KEC, VISI, *options[:6], "--by", " ", "--lang", "en", code=2)
    assert "the reviewer's name (by) is missing" in wrong
    assert "dinkes" in office("review", "add", "dinkes", VISI, *options, code=2)
    assert "tak-ada" in office("review", "add", KEC, "tak-ada", *options, code=2)


def test_what_could_not_be_opened_is_taken_on_the_reviewers_word(office):
    address = urljoin(office.urls[KEC], "/profil/lain")
    said = office(
        "review", "add", KEC, "berkala.tugas-fungsi", "--verdict", "terpenuhi", "--reason", "attested",
        "--justification", "dilihat di kantor", "--by", "Ani", "--evidence", address, "--offline",
    )  # fmt: skip
    assert "belum dapat diperiksa" in said
    assert f'- url: "{address}"\n' in office.reviews()
    assert (
        office.item(KEC, "berkala.tugas-fungsi")["evidence"][0] | {"sha256": ""}
        == office.item(KEC, "berkala.tugas-fungsi")["evidence"][0]
    )


def test_the_round_ends_and_later_words_stand_beside_the_result(office):
    scan = office.report()["scan"]
    deadline = TODAY + timedelta(days=7)
    options = ("--by", "Ir. Hadi, Kepala Dinkominfo", "--deadline", deadline.isoformat())
    assert "DRAF" in office("report")
    assert "masih berjalan" in office("finalize", scan["id"], *options, code=2)
    assert "sebelum pemindaian" in office("finalize", scan["id"], "--by", "Hadi", "--deadline", "2020-01-01", code=2)
    assert "--by kosong" in office("finalize", scan["id"], "--by", " ", "--deadline", "2020-01-01", code=2)
    assert "bukan tanggal" in office("finalize", scan["id"], "--by", "Hadi", "--deadline", "besok", code=2)
    office("finalize", scan["id"], *options, "--on", (deadline + timedelta(days=1)).isoformat())

    final = office.report()
    assert final["scan"]["state"] == "final"
    assert final["agencies"] == office.report()["agencies"]
    assert set(final["scan"]) == set(scan)
    told = office("report")
    assert "DRAF" not in told
    assert "ditetapkan oleh Ir. Hadi, Kepala Dinkominfo" in told
    assert "sudah final" in office("finalize", scan["id"], *options, "--on", "2030-01-01", code=2)
    assert office.json("rescore") == final
    other = office.json("rescore", "--as-of", "2027-05-01")
    assert other["scan"]["state"] == "draft"

    said = office(
        "review", "add", SETWAN, ASET, "--verdict", "terpenuhi", "--reason", "attested", "--justification", "menyusul",
        "--by", "Sri Wahyuni", "--offline",
    )  # fmt: skip
    assert "sebagai koreksi" in said
    assert office.report() == final
    told = office("report")
    assert "Koreksi sesudah hasil final" in told
    assert "Daftar aset dan investasi: tidak ditemukan (tidak ada) → terpenuhi" in told
    assert "Sri Wahyuni" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("export", "--agency", "tak-ada"), "tak-ada"),
        (("export", "--out", "lembar.docx"), ".xlsx, .csv"),
        (("export", "tak-ada"), "tidak ada"),
        (("import", "tak-ada.xlsx"), "tak-ada.xlsx"),
        (("import", "rubric.yaml"), "judul kolom tidak ditemukan"),
        (("import", "ppid-data"), "ppid-data"),
    ],
)
def test_a_wrong_question_is_one_sentence(office, arguments, says):
    said = office("review", *arguments, code=2)
    assert says in said
    assert said.count("\n") == 1
