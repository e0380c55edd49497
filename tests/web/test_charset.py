import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.web.charset import declared, decode
from ppid_audit.web.labels import CODECS, codec_for
from tests.web.vectors import encoding_cases

TEXT = "“Keterbukaan” – Layanan Informasi é"
META = '<meta charset="{}">'


@pytest.mark.parametrize("case", encoding_cases(), ids=lambda case: ascii(case[0][-40:]))
def test_published_cases(case):
    page, label = case
    if page.startswith(b"\xef\xbb\xbf"):
        assert decode(page + "é".encode()).endswith("é")
    else:
        assert (declared(page) or "cp1252") == codec_for(label)


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (TEXT.encode(), "", TEXT),
        (TEXT.encode("cp1252"), "", TEXT),
        (TEXT.encode(), "text/html; charset=iso-8859-1", TEXT),
        (TEXT.encode("cp1252"), "text/html; charset=utf-8", TEXT),
        (TEXT.encode("utf-8-sig"), "text/html; charset=iso-8859-2", TEXT),
        (TEXT.encode("utf-16"), "text/html; charset=utf-8", TEXT),
        (TEXT.encode("utf-16-le"), "", TEXT),
        (TEXT.encode("utf-16-be"), "text/html; charset=utf-8", TEXT),
        ("Łódź".encode("iso-8859-2"), 'text/html; charset="ISO-8859-2"', "Łódź"),
        ("日本語".encode("shift_jis"), "text/html;charset=Shift_JIS", "日本語"),
        ("日本語".encode("iso2022_jp"), "text/html;charset=iso-2022-jp", "日本語"),
        ("中文信息".encode("gbk"), "text/html; charset=gb2312", "中文信息"),
        (META.format("koi8-r").encode() + "Это".encode("koi8-r"), "", META.format("koi8-r") + "Это"),
        (b"Informasi Publik", "text/html; charset=utf-16", "Informasi Publik"),
        (("baik – " * 9).encode() + b"\x93x", "", "baik – " * 9 + "\ufffdx"),
        (("baik – " * 9).encode()[:-2], "text/html; charset=utf-8", ("baik – " * 9)[:-2] + "\ufffd"),
        (b"a\x00b", "", "a\ufffdb"),
        (b"", "", ""),
        (b"\xff", "", "ÿ"),
    ],
)
def test_decode(body, content_type, expected):
    assert decode(body, content_type) == expected


@pytest.mark.parametrize(
    "label",
    ["idna", "unicode_escape", "utf-7", "utf_7", "rot13", "johab", "punycode", "hex", "undefined", "cp65001", "\u00e9"],
)
def test_names_that_only_python_knows_are_no_charsets(label):
    body = b"a\\ud800+AGE-\xe9" + META.format(label).encode()
    assert codec_for(label) is None
    assert decode(body, f"text/html; charset={label}") == body.decode("cp1252")


def test_every_label_has_a_codec_that_reads_plain_text():
    for codec in set(CODECS.values()):
        assert "Renstra".encode(codec).decode(codec) == "Renstra"


def test_the_table_is_the_standards():
    replaced_for_safety = 6
    assert len(CODECS) == 228 - replaced_for_safety
    assert all(label == label.lower() for label in CODECS)


def test_utf16_inside_a_page_means_utf8():
    assert declared(b'<meta charset="utf-16le">') == "utf_8"


def test_an_xml_declaration_counts_last():
    assert declared(b'<?xml version="1.0" encoding="ISO-8859-2"?><urlset/>') == "iso8859_2"
    assert declared(b'<?xml version="1.0" encoding="ISO-8859-2"?>', "text/xml; charset=utf-8") == "utf_8"


def test_a_meta_behind_a_long_script_still_counts():
    assert declared(b"<script>" + b"x" * 5000 + b'</script><meta charset="koi8-r">') == "koi8_r"


@given(st.binary(), st.text())
def test_any_bytes_become_clean_text(body, content_type):
    text = decode(body, content_type)
    assert "\x00" not in text
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.binary(), st.sampled_from(sorted(CODECS)))
def test_any_bytes_under_any_label_become_clean_text(body, label):
    assert decode(body, f"text/html; charset={label}").encode("utf-8") is not None
    assert decode(META.format(label).encode() + body).encode("utf-8") is not None


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), min_size=1))
def test_utf8_comes_back_as_it_was(text):
    assert decode(b"Informasi Publik " + text.encode()) == "Informasi Publik " + text


@pytest.mark.parametrize(
    "hostile", [b"<meta " * 50_000, b"<!--" * 50_000, b"<a b='" * 50_000, b"<" * 300_000, b"<meta a" + b" =" * 90_000]
)
def test_hostile_pages_name_no_charset(hostile):
    assert declared(hostile) is None
