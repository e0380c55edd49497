"""Sites that name much and publish nothing, and sites that say nothing aloud: what the judge must not fall for."""

from dataclasses import replace

import pytest

from ppid_audit.demo.documents import pdf, png
from ppid_audit.model.agency import FUNCTIONS
from ppid_audit.model.finding import Finding
from ppid_audit.model.rubric import Reason, Verdict
from tests.assess.small import AGENCY, Answer, findings, menu, whole
from tests.criteria.judging import rubric

NAMES = [example for criterion in rubric().criteria for example in criterion.examples.match]
EVERYTHING = replace(AGENCY, functions=FUNCTIONS)
LAW = """<p>Pasal 14. Badan Publik wajib mengumumkan secara berkala paling sedikit terdiri atas:</p><ol type="a">
<li>informasi tentang profil Badan Publik yang meliputi kedudukan, alamat lengkap, visi dan misi, tugas dan fungsi;</li>
<li>ringkasan informasi tentang program dan/atau kegiatan yang sedang dijalankan, penanggung jawab, target, jadwal;</li>
<li>ringkasan informasi tentang kinerja dalam lingkup Badan Publik;</li>
<li>ringkasan laporan keuangan yang paling sedikit terdiri atas rencana dan laporan realisasi anggaran, neraca, laporan
arus kas dan catatan atas laporan keuangan, serta daftar aset dan investasi;</li>
<li>ringkasan laporan akses informasi publik yang terdiri atas jumlah permohonan informasi publik yang diterima;</li>
<li>informasi tentang tata cara pengaduan penyalahgunaan wewenang;</li>
<li>informasi tentang prosedur peringatan dini dan prosedur evakuasi keadaan darurat.</li></ol>
<p>Pasal 21. Badan Publik wajib menyediakan setiap saat: daftar informasi publik, surat-surat perjanjian dengan pihak
ketiga, surat menyurat pimpinan, rencana strategis dan rencana kerja, agenda kerja pimpinan, hasil penelitian.</p>"""
TASKS = """<p>Sekretariat menyelenggarakan penyusunan rencana strategis, rencana kerja, laporan kinerja, dan laporan
keuangan, pengelolaan barang milik daerah, urusan surat menyurat, kepegawaian, serta standar operasional prosedur.</p>
<ul><li>menyusun rencana kerja dan anggaran;</li><li>menyiapkan bahan laporan realisasi anggaran dan neraca;</li>
<li>melaksanakan pengadaan barang dan jasa;</li><li>menangani pengaduan masyarakat.</li></ul>"""


def judged(answers: dict[str, Answer]) -> dict[str, Finding]:
    return findings(answers, agency=EVERYTHING)


def fulfilled(answers: dict[str, Answer]) -> set[str]:
    return {item for item, finding in judged(answers).items() if finding.verdict is Verdict.FULFILLED}


@pytest.mark.parametrize(
    ("title", "itself"),
    [
        ("Pedoman Pengelolaan Pelayanan", {"setiap-saat.pedoman"}),
        ("Undang-Undang Keterbukaan", {"berkala.peraturan"}),
        ("Peraturan Komisi Informasi", {"berkala.peraturan"}),
        ("Dasar", set()),
    ],
)
def test_the_words_of_the_law_publish_at_most_the_law(title, itself):
    assert fulfilled({"": menu(a1=title), "a1": whole(title, LAW)}) <= itself


def test_a_list_of_tasks_is_nothing_but_the_tasks():
    page = whole("Sekretariat", TASKS)
    assert fulfilled({"": menu(a1="Sekretariat"), "a1": page}) == set()
    assert fulfilled({"": menu(a1="Tugas dan Fungsi"), "a1": page.replace("Sekretariat<", "Tugas dan Fungsi<")}) == {
        "berkala.tugas-fungsi"
    }


@pytest.mark.parametrize("href", ["#", "", "javascript:void(0)", "/", "#!", "/hilang"])
def test_a_menu_that_leads_nowhere_publishes_nothing(href):
    links = "".join(f'<li><a href="{href}">{name}</a></li>' for name in NAMES)
    front = menu().replace("</nav>", f"<ul>{links}</ul></nav>")
    seen = judged({"": front, "hilang": b"%PDF"} if href == "/hilang" else {"": front})
    assert {item for item, finding in seen.items() if finding.verdict is Verdict.FULFILLED} == set()


def test_pages_that_say_the_same_under_many_names_are_one_empty_page():
    body = "<p>Dokumen {} dapat dilihat di kantor kami pada hari kerja dengan membawa surat pengantar dari desa.</p>"
    names = {"a1": "Renstra", "a2": "Renja", "a3": "Neraca", "a4": "Maklumat Pelayanan", "a5": "Visi dan Misi"}
    pages: dict[str, Answer] = {path: whole(name, body.format(name)) for path, name in names.items()}
    seen = judged({"": menu(**names), **pages})
    for item in ("setiap-saat.maklumat", "berkala.visi-misi"):
        assert seen[item].reason is Reason.PLACEHOLDER, seen[item]


def test_a_site_that_answers_everything_with_200_and_says_404():
    names = ("Renstra", "Maklumat Pelayanan", "Visi dan Misi")
    lost = "<html><title>Dinas Contoh</title><body><h1>404</h1><p>Halaman tidak ditemukan</p></body></html>"
    answers: dict[str, Answer] = {"": menu(**{f"a{at}": name for at, name in enumerate(names)})}
    seen = judged(answers | {f"a{at}": lost for at in range(3)})
    for item in ("setiap-saat.renstra", "setiap-saat.maklumat", "berkala.visi-misi"):
        assert seen[item].reason is Reason.DEAD_LINK, seen[item]


def test_a_list_that_a_script_fills_is_not_seen_rather_than_empty():
    table = '<table id="t"><thead><tr><th>No</th><th>Judul</th><th>Berkas</th></tr></thead><tbody></tbody></table>'
    script = (
        '<script>$(document).ready(function(){$("#t").DataTable({ajax:"/api/renstra",serverSide:true});});</script>'
    )
    filled = judged({"": menu(a1="Renstra"), "a1": whole("Renstra", table + script)})
    assert filled["setiap-saat.renstra"].reason is Reason.SCRIPT_ONLY
    bare = judged({"": menu(a1="Renstra"), "a1": whole("Renstra", table)})
    assert bare["setiap-saat.renstra"].reason is Reason.EMPTY_LIST


def test_news_about_a_thing_is_not_the_thing():
    news = whole(
        "Sosialisasi Renstra Dinas Contoh 2025-2029", "<p>Rapat dihadiri para camat.</p><a href='/u.pdf'>Foto</a>"
    )
    assert fulfilled({"": menu(berita_7="Kabar"), "berita/7": news, "u.pdf": pdf("Undangan")}) == set()


def test_pages_of_exempt_information_list_what_is_not_published():
    table = "<table><tr><th>Informasi</th><th>Alasan</th></tr><tr><td>Renstra</td><td>Rahasia</td></tr></table>"
    seen = judged({"": menu(a1="Informasi Dikecualikan"), "a1": whole("Informasi yang Dikecualikan", table)})
    assert seen["setiap-saat.renstra"].reason is Reason.NOT_FOUND


def test_the_template_of_a_site_is_nobodys_content():
    banner = '<img src="/spanduk.png" width="900" height="300">'
    names = ("Maklumat Pelayanan", "Struktur Organisasi", "Kabar", "Album", "Kuliner", "Wisata")
    answers: dict[str, Answer] = {"": menu(**{f"a{at}": name for at, name in enumerate(names)})}
    answers |= {f"a{at}": whole(name, banner) for at, name in enumerate(names)}
    seen = judged(answers | {"spanduk.png": png("spanduk")})
    assert seen["setiap-saat.maklumat"].reason is Reason.NAMED_WITHOUT_CONTENT
    assert seen["berkala.struktur-organisasi"].reason is Reason.NAMED_WITHOUT_CONTENT


@pytest.mark.parametrize(
    ("span", "reason"), [("2025-2029", Reason.FOUND), ("2021-2026", Reason.FOUND), ("2016-2021", Reason.STALE)]
)
@pytest.mark.parametrize("content", ['<iframe src="/r.pdf"></iframe>', '<p><a href="/r.pdf">Unduh</a></p>'])
def test_a_plan_is_dated_by_its_heading_too(span, reason, content):
    page = whole(f"Renstra Dinas Contoh {span}", content)
    seen = judged({"": menu(a1="Renstra"), "a1": page, "r.pdf": pdf("Rencana Strategis Dinas Contoh")})
    assert seen["setiap-saat.renstra"].reason is reason, seen["setiap-saat.renstra"]


ROW = """<table><tr><th>No</th><th>Dokumen</th><th>Periode</th><th>Berkas</th></tr>
<tr><td>1</td><td>Renstra</td><td>{}</td><td><a href="/r.pdf">Unduh</a></td></tr></table>"""


@pytest.mark.parametrize(("span", "reason"), [("2025-2029", Reason.FOUND), ("2016-2021", Reason.STALE)])
@pytest.mark.parametrize("where", ["row", "document", "address"])
def test_a_plan_is_dated_by_its_row_its_own_title_and_its_address(span, reason, where):
    if where == "row":
        content, name, title = ROW.format(span), "r.pdf", "Rencana Strategis Dinas Contoh"
    elif where == "document":
        content, name, title = ROW.format("-"), "r.pdf", f"Rencana Strategis Dinas Contoh {span}"
    else:
        name, title = f"renstra-{span}.pdf", "Rencana Strategis Dinas Contoh"
        content = f'<p><a href="/{name}">Renstra</a></p>'
    seen = judged({"": menu(a1="Renstra"), "a1": whole("Renstra", content), name: pdf(title)})["setiap-saat.renstra"]
    assert (seen.reason, seen.period_found) == (reason, span), seen


STEPS = """<ol><li>Pemohon datang ke meja pelayanan membawa kartu penduduk.</li><li>Petugas mencatat permintaan dan
memberi nomor.</li><li>Jawaban diberikan dalam sepuluh hari kerja.</li></ol>"""


@pytest.mark.parametrize(
    ("item", "heading", "opening"),
    [
        ("setiap-saat.biaya-layanan", "Biaya Layanan Informasi", "Tidak dipungut biaya untuk memperoleh dokumen."),
        ("berkala.cara-memperoleh", "Tata Cara Permohonan Informasi", "Formulir permohonan dapat diambil di loket."),
        ("berkala.cara-memperoleh", "Prosedur Permohonan Informasi", "Waktu pelayanan dimulai pukul delapan."),
        ("berkala.cara-keberatan", "Tata Cara Keberatan", "Pernyataan keberatan ditulis oleh pemohon."),
    ],
)
def test_a_first_sentence_that_mentions_something_else_does_not_make_it_another_page(item, heading, opening):
    seen = judged({"": menu(a1=heading), "a1": whole(heading, f"<p>{opening}</p>{STEPS}")})[item]
    assert seen.verdict is Verdict.FULFILLED, seen
    assert Reason.WRONG_DOCUMENT not in {miss.why for miss in seen.near_misses}, seen.near_misses


def test_a_page_that_begins_with_the_name_of_another_item_is_that_other_page():
    vision = "Terwujudnya warga yang sehat, rukun, berdaya saing, dan setia menjaga alam untuk anak cucu mereka kelak."
    page = whole("Daftar Pejabat", f"<p>Visi dan Misi</p><p>{vision}</p>")
    seen = judged({"": menu(a1="Daftar Pejabat"), "a1": page})
    assert seen["berkala.profil-pejabat"].reason is Reason.WRONG_DOCUMENT


def test_a_page_of_no_name_that_says_it_is_empty_is_an_empty_list():
    page = whole("jalurdanwaktu", "<p>Tidak ada data</p>")
    seen = judged({"": menu(a1="Jalur dan Waktu Layanan"), "a1": page})
    assert seen["setiap-saat.layanan-informasi"].reason is Reason.EMPTY_LIST


VISION = (
    "<p>Terwujudnya warga yang sehat, rukun, berdaya saing, dan setia menjaga alam untuk anak cucu mereka kelak.</p>"
)


def test_the_first_heading_of_a_front_page_is_a_section_of_its_own():
    front = f"<html><title>Dinas Contoh</title><body><main><h2>Visi dan Misi</h2>{VISION}</main></body></html>"
    assert judged({"": front})["berkala.visi-misi"].verdict is Verdict.FULFILLED


def test_a_heading_with_other_text_above_it_is_judged_by_what_stands_below_it():
    above = "<p>Tata cara permohonan informasi:</p><ul><li>Isi formulir di loket</li><li>Tunggu jawaban kami</li></ul>"
    page = f"<html><title>Dinas Contoh</title><body><main>{above}<h3>Visi dan Misi</h3>{VISION}</main></body></html>"
    seen = judged({"": menu(a1="Lainnya"), "a1": page})["berkala.visi-misi"]
    assert seen.verdict is Verdict.FULFILLED, seen
