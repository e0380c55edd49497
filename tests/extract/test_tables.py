from tests.extract.making import page


def test_head_rows_and_section():
    html = """<h2>DIP</h2><table><caption>Daftar</caption><thead><tr><th>No</th><th>Judul</th></tr></thead>
      <tbody><tr><td>1</td><td>Renstra</td></tr><tr><td></td><td> </td></tr></tbody></table>"""
    read = page(html)
    (table,) = read.tables
    assert (table.head, table.rows, table.caption) == (("No", "Judul"), (("1", "Renstra"),), "Daftar")
    assert read.sections[table.section].heading == "DIP"
    assert not table.filled_by_script


def test_a_head_without_th_is_told_by_its_words():
    (table,) = page("<table><tr><td>No</td><td>Nama Dokumen</td></tr><tr><td>1</td><td>Renja</td></tr></table>").tables
    assert table.head == ("No", "Nama Dokumen")
    (plain,) = page("<table><tr><td>Nama</td><td>Budi</td></tr><tr><td>Jabatan</td><td>Kepala</td></tr></table>").tables
    assert plain.head == ()


def test_a_table_with_its_head_only_has_no_rows():
    (table,) = page("<table><thead><tr><th>No</th><th>Judul</th></tr></thead><tbody></tbody></table>").tables
    assert (table.rows, table.filled_by_script) == ((), False)


def test_empty_state_rows_are_kept():
    (table,) = page(
        "<table><tr><th>No</th><th>Judul</th></tr><tr><td colspan=2>Tidak ada data</td></tr></table>"
    ).tables
    assert table.rows == (("Tidak ada data", "Tidak ada data"),)


def test_tables_that_scripts_fill():
    empty = "<table id=dip class=table><thead><tr><th>No</th><th>Judul</th></tr></thead><tbody></tbody></table>"
    for script in (
        "<script>$('#dip').DataTable({ajax: '/api/dip', serverSide: true})</script>",
        "<script>fetch('/api').then(d => tbody.innerHTML = d)</script>",
        "<script src=/js/jquery.dataTables.min.js></script>",
    ):
        read = page(empty + script)
        assert read.tables[0].filled_by_script, script
        assert read.script_lists >= 1
    assert (
        not page(empty + "<script src=/js/jquery.dataTables.min.js></script><script>$('#dip').DataTable()</script>")
        .tables[0]
        .filled_by_script
    )


def test_a_table_that_a_script_only_sorts_was_sent_as_it_is():
    empty = "<table id=dip><thead><tr><th>No</th><th>Judul</th></tr></thead><tbody></tbody></table>"
    sorts = "<script>$('#dip').DataTable({paging: false})</script>"
    polls = "<script>fetch('/api/jajak').then(r => document.getElementById('jajak').innerHTML = r)</script>"
    assert not page(empty + sorts + polls).tables[0].filled_by_script
    fills = "<script>fetch('/api/dip').then(d => $('#dip').DataTable().rows.add(d).draw())</script>"
    assert page(empty + sorts + fills).tables[0].filled_by_script


def test_layout_tables_are_no_data_but_their_inner_tables_are():
    html = (
        "<table><tr><td><table><tr><th>No</th><th>Judul</th></tr><tr><td>1</td><td>Renja</td></tr>"
        "</table></td></tr></table>"
    )
    (table,) = page(html).tables
    assert table.rows == (("1", "Renja"),)


def test_spans_are_filled_in():
    html = "<table><tr><th>A</th><th>B</th></tr><tr><td rowspan=2>x</td><td>1</td></tr><tr><td>2</td></tr></table>"
    assert page(html).tables[0].rows == (("x", "1"), ("x", "2"))


def test_the_limits_hold():
    rows = "<tr><td>1</td><td>Renja</td></tr>" * 5_000
    assert len(page(f"<table>{rows}</table>").tables[0].rows) <= 2_000
    huge = page(
        "<table>"
        + "<tr>"
        + "<td colspan=9999 rowspan=9999>x</td>" * 99
        + "</tr>"
        + "<tr><td>y</td></tr>" * 3_000
        + "</table>"
    )
    assert max(len(row) for row in huge.tables[0].rows) <= 41
    assert len(page("<table><tr><td>a</td><td>b</td></tr></table>" * 300).tables) == 200
