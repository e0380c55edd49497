"""Strategies for addresses, good and bad."""

from hypothesis import strategies as st

anything = st.text(alphabet=st.characters(codec=None), max_size=80)

_PIECES = (
    *(
        "/",
        "//",
        "\\",
        "?",
        "#",
        "&",
        "=",
        ";",
        ":",
        "@",
        "%",
        "%2",
        "%2f",
        "%7e",
        "%2e%2e",
        "..",
        ".",
        " ",
        "\t",
        "\n",
    ),
    *("http:", "https://", "www.", "index.php", "index.html", "a", "b", "É", "utm_source=x", "sid=1", "jsessionid=9"),
    *("a.go.id", ".go.id", "[::1]", "127.0.0.1", ":443", ":80", ":8080", "1", "\x00", "\ud800", "s", "viewer", "file="),
)
soup = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)
http = soup.map(lambda rest: f"https://www.dinkes.go.id/{rest}")
http_anywhere = soup.map(lambda rest: f"http://{rest}")
urls = st.one_of(anything, soup, http, http_anywhere)
