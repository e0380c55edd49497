from tests.extract.making import page


def outline(html: str) -> list[tuple[int, str, str]]:
    return [(s.level, s.heading, s.text) for s in page(html).sections]


def test_sections_follow_the_headings():
    html = "<p>Pembuka</p><h1>Profil</h1><p>Satu</p><p>Dua</p><h2>Visi</h2><ul><li>Tiga</li></ul>"
    assert outline(html) == [(0, "", "Pembuka"), (1, "Profil", "Satu\nDua"), (2, "Visi", "Tiga")]
    assert page(html).sections[1].items == ("Satu", "Dua")


def test_accordions_tabs_cards_and_bold_lines_are_headings():
    html = """<div class=accordion-item><h2 class=accordion-header>
      <button data-bs-toggle=collapse data-bs-target='#a'>Anggaran</button></h2>
      <div id=a class='accordion-collapse collapse' style='display:none'><p>DPA 2024</p></div></div>
      <ul class='nav nav-tabs'><li><a data-toggle=tab href='#t1'>Berkala</a></li><li>
      <a data-toggle=tab href='#t2'>Serta Merta</a></li></ul>
      <div class=tab-pane id=t1>Isi berkala</div><div class=tab-pane id=t2 hidden>Isi serta merta</div>
      <details><summary>Syarat</summary>KTP</details>
      <div class=card><div class=card-header>Kontak</div>Jalan Pemuda</div>
      <p><strong>Jam layanan</strong></p><p>08.00</p>"""
    sections = outline(html)
    assert [(level, heading) for level, heading, _ in sections[1:]] == [
        (2, "Anggaran"),
        (6, "Berkala"),
        (6, "Serta Merta"),
        (6, "Syarat"),
        (6, "Kontak"),
        (7, "Jam layanan"),
    ]
    assert {heading: text for _, heading, text in sections}["Serta Merta"] == "Isi serta merta"
    assert {heading: text for _, heading, text in sections}["Anggaran"].startswith("DPA 2024")


def test_bold_words_on_a_line_of_their_own_are_headings():
    html = "<div>Pembuka.<br><b>STRUKTUR PPID</b><table><tr><td>Atasan</td><td>Sekda</td></tr></table></div>"
    assert [(level, heading) for level, heading, _ in outline(html)[1:]] == [(7, "STRUKTUR PPID")]
    assert page(html).tables[0].section == 1
    for sentence in ("<div>Layanan <b>gratis</b> bagi warga.</div>", "<div><a href=/x><b>Unduh</b></a><br>isi</div>"):
        assert len(outline(sentence)) == 1, sentence


def test_what_nobody_can_open_is_not_visible():
    html = """<p>Tampak</p><div style="display: none">slot gacor <a href=/judi>slot</a></div><p hidden>a1</p>
      <template>a2</template>
      <noscript>a3</noscript><!-- a4 --><div style="position:absolute;left:-9999px">a5</div><script>a6</script>
      <style>a7</style>
      <select><option>a8</option></select><a style="display:none" href=/judi2>slot</a>"""
    read = page(html)
    assert read.text == read.all_text == "Tampak"
    assert read.links == ()


def test_what_a_control_or_script_opens_is_visible():
    assert "Rincian" in page("<a href='#kotak'>Buka</a><div id=kotak style='display:none'>Rincian</div>").text
    assert "Rincian" in page("<div class=d1 style='display:none'>Rincian</div><script>$('.d1').show()</script>").text
    assert "Rincian" in page("<div class='d-none d-md-block'>Rincian</div>").text
    assert "Rincian" in page("<div class=modal style='display:none'>Rincian</div>").text
    assert page("<div class='d1' style='display:none'>Rincian</div><script>hitung('d1')</script>").text == ""


def test_inline_tags_do_not_split_words_and_blocks_do():
    assert page("<p>Ren<b>stra</b> 20<span>24</span><br>Baris</p><div>Kotak</div>").text == "Renstra 2024\nBaris\nKotak"
    assert page("<h2>Visi<span>Misi</span></h2>").heading == "Visi Misi"


def test_menus_are_in_all_text_only():
    read = page("<nav><a href=/a>Beranda</a></nav><main><h1>Renstra</h1><p>Isi</p></main><footer>Alamat</footer>")
    assert read.text == "Renstra\nIsi"
    assert read.all_text == "Beranda\nRenstra\nIsi\nAlamat"


def test_the_heading_is_not_the_name_of_the_site():
    html = "<title>Renstra - Dinas Contoh</title><h1>Dinas Contoh</h1><h2>Rencana Strategis</h2>"
    assert page(html).heading == "Rencana Strategis"
    assert page("<p>tanpa judul</p>").heading == ""


def test_markup_that_is_broken_still_reads():
    html = "<html><body><p>Satu<body><div><p>Dua</html><p>Tiga</p><a href=/x>Renstra"
    read = page(html)
    assert read.text.split("\n") == ["Satu", "Dua", "Tiga", "Renstra"]
    assert read.links[0].title == "Renstra"


def test_the_limits_hold():
    read = page("".join(f"<h3>Judul {n}</h3><p><a href=/{n}>Renstra {n}</a></p>" for n in range(4000)))
    assert len(read.sections) == 800
    assert len(read.links) == 3000
    assert len(read.text) <= 400_000


def test_a_page_without_body_or_head_tags_is_read_from_its_first_tag():
    read = page("<title>Dinas</title><nav><a href=/a>Profil</a></nav><main><h1>Renstra</h1></main>")
    assert (read.text, read.all_text, len(read.links)) == ("Renstra", "Profil\nRenstra", 1)
