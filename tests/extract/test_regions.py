from ppid_audit.model.site import Region
from tests.extract.making import link, page

PROSE = "<p>" + "Badan ini melayani permohonan informasi publik setiap hari kerja. " * 6 + "</p>"


def region(html: str) -> Region:
    return link(page(html), "/x").region


def test_semantic_tags_and_roles_are_menus_and_footers():
    for box, expected in (
        ("<nav>{}</nav>", Region.MENU),
        ("<div role=navigation>{}</div>", Region.MENU),
        ("<header><a href=/a>A</a><a href=/b>B</a>{}</header>", Region.MENU),
        ("<footer>{}</footer>", Region.FOOTER),
        ("<div role=contentinfo>{}</div>", Region.FOOTER),
        ("<aside>{}</aside>", Region.ASIDE),
        ("<main>{}</main>", Region.CONTENT),
    ):
        assert region(box.format("<a href=/x>Renstra</a>") + PROSE) is expected, box


def test_sites_without_semantic_tags_are_told_by_class_and_id():
    for attribute, expected in (
        ("class='navbar navbar-expand-lg'", Region.MENU),
        ("id=main-menu", Region.MENU),
        ("class='breadcrumb'", Region.MENU),
        ("class='topbar'", Region.MENU),
        ("class='site-footer'", Region.FOOTER),
        ("id=copyright", Region.FOOTER),
        ("class='sidebar'", Region.ASIDE),
        ("class='widget widget_categories'", Region.ASIDE),
    ):
        assert region(f"<div {attribute}><a href=/x>Renstra</a></div>{PROSE}") is expected, attribute


def test_words_that_only_sound_like_a_menu_are_content():
    for attribute in (
        "class='nav nav-tabs'",
        "class='tab-pane'",
        "class='accordion'",
        "class='card-footer'",
        "class='modal-footer'",
        "class='elementor-widget elementor-widget-text'",
        "class='has-sidebar content-with-sidebar'",
        "class='menu-layanan'",
        "class='page-header'",
        "class='infrastruktur-navigator'",
    ):
        assert region(f"<div {attribute}><a href=/x>Renstra</a></div>{PROSE}") is Region.CONTENT, attribute


def test_a_wrapper_that_holds_the_page_is_no_menu_whatever_its_name():
    assert (
        region(f"<body class='menu-open sidebar'><div class='menu'>{PROSE}<a href=/x>Renstra</a></div></body>")
        is Region.CONTENT
    )
    assert region(f"<header>{PROSE}<a href=/x>Renstra</a><a href=/y>y</a><a href=/z>z</a></header>") is Region.CONTENT
    assert (
        region(f"<div class=footer-wrapper><div class=footer>{PROSE * 3}<a href=/x>Renstra</a></div></div>")
        is Region.CONTENT
    )


def test_when_hardly_any_content_is_left_weaker_rules_are_tried():
    boxes = "".join(f"<div class='sidebar'>{PROSE}</div>" for _ in range(4))
    assert (
        region(f"<nav><a href=/a>A</a></nav>{boxes}<div class=sidebar><a href=/x>Renstra</a></div>") is Region.CONTENT
    )


def test_a_page_with_only_a_menu_does_not_turn_the_menu_into_content():
    menu = "".join(f"<li><a href=/m{n}>Informasi nomor {n} yang panjang</a></li>" for n in range(40))
    read = page(f"<div class=navbar><ul>{menu}<li><a href=/x>Renstra</a></li></ul></div><div id=isi></div>")
    assert link(read, "/x").region is Region.MENU
    assert read.text == ""
    assert "Renstra" in read.all_text


def test_a_title_in_the_breadcrumb_bar_is_the_heading_of_the_page():
    read = page(
        f"<section id=breadcrumbs class=breadcrumbs><ol><li><a href=/>Beranda</a></li><li>Renstra</li></ol>"
        f"<h2>Rencana Strategis</h2></section>{PROSE}"
    )
    assert read.heading == "Rencana Strategis"
    assert read.breadcrumb == ("Beranda", "Renstra")


def test_the_header_of_an_article_and_a_pager_are_no_menu():
    html = (
        f"<article><header class=entry-header><h1>Maklumat</h1><a href=/a>a</a><a href=/b>b</a>"
        f"<a href=/x>c</a></header>{PROSE}</article>"
    )
    assert region(html) is Region.CONTENT
    assert region(f"{PROSE}<ul class=pagination><li><a href=/x>2</a></li></ul>") is Region.ASIDE
