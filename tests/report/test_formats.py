import pytest

from ppid_audit.report.formats import FORMATS, Options
from ppid_audit.report.jsonfile import report_json
from ppid_audit.report.locale import Locale
from ppid_audit.report.terminal import ranking
from tests.report.sample import RESULT

ID, EN = Locale.load("id"), Locale.load("en")


@pytest.mark.parametrize(
    ("name", "options", "files"),
    [
        ("terminal", Options(), ["ringkasan.txt"]),
        ("json", Options(), ["report.json"]),
        ("csv", Options(), ["skor.csv", "temuan.csv"]),
        ("csv", Options(profile="baku"), ["skor-baku.csv", "temuan-baku.csv"]),
    ],
)
def test_each_format_names_its_files(name, options, files):
    made = FORMATS[name](RESULT, ID, options)
    assert sorted(made) == files
    assert all(made.values())
    assert FORMATS[name](RESULT, ID, options) == made


def test_the_language_changes_the_words_and_never_the_report_for_programs():
    assert FORMATS["json"](RESULT, ID, Options()) == FORMATS["json"](RESULT, EN, Options())
    assert FORMATS["csv"](RESULT, ID, Options()) != FORMATS["csv"](RESULT, EN, Options())


def test_the_files_hold_what_is_printed():
    assert FORMATS["json"](RESULT, ID, Options())["report.json"] == report_json(RESULT)
    text = FORMATS["terminal"](RESULT, ID, Options(width=80))["ringkasan.txt"].decode()
    assert text == ranking(RESULT, ID, 80, color=False) + "\n"
