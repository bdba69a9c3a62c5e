"""What was typed goes back into the fields of a page, and nothing else of the page changes."""

from typing import Any

from lxml import html

from webapp.auth.refilling import refill

PAGE = """<main id="main"><p>é &amp;</p>
<form method="post" action="/lain"><input name="note" value="here"></form>
<form method="post" action="/kota/isi"><input type="hidden" name="row" value="1"><input name="note" value="one"></form>
<form method="post" action="/kota/isi">
<input type="hidden" name="csrf_token" value="new"><input type="hidden" name="row" value="2">
<input class="input" name="note" value="old &quot;x&quot;" required><input name="cell"><input name="cell" value="b"/>
<textarea name="text">
old</textarea>
<select name="kind"><option selected value="a">A</option><option value="b">B</option></select>
<input type="radio" name="way" value="x" checked><input type="radio" name="way" value="y">
<input type="checkbox" name="sure" value="1" checked><input type="password" name="secret">
<button name="go" value="1">Kirim</button>
</form></main>"""
SENT = [
    ("csrf_token", "old"),
    ("row", "2"),
    ("note", 'a "b" <c> & d'),
    ("cell", "1"),
    ("cell", "2"),
    ("text", "\nfirst\nsecond </textarea>"),
    ("kind", "b"),
    ("way", "y"),
    ("go", "1"),
]


def values(page: str, number: int) -> list[tuple[str, str]]:
    forms: Any = html.fromstring(page).xpath("//form")
    return [(str(name), str(value)) for name, value in forms[number].form_values()]


def test_every_kind_of_field_is_filled_in_the_form_that_was_sent() -> None:
    filled = refill(PAGE, "/kota/halaman", "/kota/isi", SENT)

    found = dict(values(filled.html, 2))
    assert values(filled.html, 0) == [("note", "here")]
    assert values(filled.html, 1) == [("row", "1"), ("note", "one")]
    assert [value for name, value in values(filled.html, 2) if name == "cell"] == ["1", "2"]
    assert (found["note"], found["kind"], found["way"]) == ('a "b" <c> & d', "b", "y")
    assert found["text"].removeprefix("\n") == "\nfirst\nsecond </textarea>"
    assert found["csrf_token"] == "new"
    assert "sure" not in found
    assert filled.left == ()


def test_what_the_page_has_no_field_for_is_left_over() -> None:
    sent = [*SENT, ("more", "Catatan tambahan"), ("more", "12"), ("cell", "tiga")]

    assert refill(PAGE, "/kota/halaman", "/kota/isi", sent).left == ("Catatan tambahan", "tiga")


def test_a_choice_that_is_no_longer_offered_is_left_over() -> None:
    assert refill(PAGE, "/", "/kota/isi", [("row", "2"), ("kind", "gone")]).left == ("gone",)


def test_a_page_without_the_form_stays_as_it_is() -> None:
    filled = refill("<p>Kosong</p>", "/", "/kota/isi", [("text", "Kalimat"), ("key", "ab12")])

    assert (filled.html, filled.count, filled.left) == ("<p>Kosong</p>", 0, ("Kalimat",))


def test_a_form_without_an_address_is_sent_to_its_own_page() -> None:
    page = '<form method="post"><input name="note"></form>'

    assert 'value="x"' in refill(page, "/kota/isi", "/kota/isi", [("note", "x")]).html


def test_a_form_that_was_changed_since_is_not_filled_over() -> None:
    sent = [("row", "3"), *((name, text) for name, text in SENT if name != "row"), ("cell", "tiga")]

    filled = refill(PAGE, "/kota/halaman", "/kota/isi", sent)

    assert (filled.html, filled.count) == (PAGE, 0)
    assert {"first\nsecond </textarea>", "tiga"} <= set(filled.left)


def test_what_else_a_field_says_stays_as_it_is() -> None:
    page = '<form action="/isi"><input aria-label="the value of x, checked" name="a" value="1" required></form>'

    filled = refill(page, "/", "/isi", [("a", "2")])

    assert filled.html == page.replace('value="1" required', 'value="2" required=""')


def test_what_is_folded_around_or_in_the_form_is_opened_and_nothing_else() -> None:
    form = '<form action="/kota/isi"><details id="in"><input name="note"></details></form>'
    page = f'<details id="a">x</details><details id="b"><summary>y</summary>{form}</details><details id="c">z</details>'

    filled = refill(page, "/kota/isi", "/kota/isi", [("note", "n")])

    assert html.fromstring(f"<main>{filled.html}</main>").xpath("//details[@open]/@id") == ["b", "in"]
    assert filled.count == 1
