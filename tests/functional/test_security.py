"""Headers, tokens, sites, sizes, cities, assets, the log: what holds for every page."""

import logging
import re
from collections.abc import Callable

import pytest
from flask import Flask

from engine.errors import AlreadyDone, Conflict, EngineError, Forbidden, Invalid, NotFound
from forms import AlurForm, FileField
from forms.uploads import MEGABYTE
from tests.functional.browser import Browser
from tests.functional.town import ADMIN, CITY, OFFICER, OTHER_CITY, PASSWORD, TEACHER, Moment, Person
from webapp.app import create_app
from webapp.assets import manifest
from webapp.auth.passwords import hash_new_password
from webapp.cities import CityMiddleware
from webapp.security import LARGEST_FORM, LARGEST_RECEIVED, LARGEST_REQUEST
from webapp.wiring import Alur

SignIn = Callable[[Person], Browser]


def test_every_page_has_a_strict_policy_with_a_nonce_of_its_own(browser: Browser) -> None:
    first, second = browser.get("/masuk"), browser.get("/masuk")

    policies = [answer.headers["Content-Security-Policy"] for answer in (first, second)]
    nonces = [re.findall(r"'nonce-([\w-]{20,})'", policy) for policy in policies]
    assert "default-src 'none'" in policies[0] and "unsafe" not in policies[0]
    assert nonces[0] != nonces[1]
    assert f'nonce="{nonces[0][0]}"' in first.text


def test_every_script_and_style_carries_the_nonce_and_none_is_written_inline(signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)

    page = teacher.get("/akun").text

    tags = [tag for tag in re.findall(r"<(?:script|style|link)[^>]*>", page) if 'type="application/json"' not in tag]
    assert all("nonce=" in tag for tag in tags if not re.search(r'rel="(icon|preload)"', tag))
    assert not re.search(r"<[^>]+\s(on\w+|style)=", page)


def test_a_password_costs_whoever_guesses_64_megabytes_and_three_rounds(alur: Alur) -> None:
    with create_app(alur, parts=("auth",)).app_context():
        hashed = hash_new_password(PASSWORD)

    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize("path", ["/masuk", "/akun", "/tidak-ada"])
def test_headers_say_no_to_sniffing_framing_and_keeping(browser: Browser, path: str) -> None:
    headers = browser.get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/masuk", "/keluar", "/bahasa", "/tampilan", "/sesi/perpanjang", "/kode"])
def test_a_form_without_its_token_is_refused(app: Flask, path: str) -> None:
    answer = app.test_client().post(f"/{CITY}{path}", data={"language": "en"})

    assert answer.status_code == 400
    assert "Yang Anda kirim tidak diterima" in answer.text


def test_a_token_of_another_browser_is_refused(app: Flask) -> None:
    mine, yours = Browser(app), Browser(app)
    mine.get("/masuk")
    yours.get("/masuk")

    answer = mine.post("/bahasa", {"csrf_token": yours.token, "language": "en"})

    assert answer.status_code == 400


@pytest.mark.parametrize(("site", "status"), [("cross-site", 400), ("same-site", 400), ("same-origin", 204)])
def test_another_site_may_change_nothing(signed_in: SignIn, site: str, status: int) -> None:
    teacher = signed_in(TEACHER)
    teacher.get("/akun")

    answer = teacher.post("/sesi/perpanjang", headers={"Sec-Fetch-Site": site})

    assert answer.status_code == status


def test_the_token_may_come_in_a_header(signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)
    teacher.get("/akun")

    answer = teacher.client.post(f"/{CITY}/sesi/perpanjang", headers={"X-CSRFToken": teacher.token})

    assert answer.status_code == 204


def test_too_large_a_request_is_refused_before_it_is_read(browser: Browser) -> None:
    browser.get("/masuk")

    size = {"CONTENT_LENGTH": str(LARGEST_REQUEST + 1)}
    answer = browser.client.post(f"/{CITY}/masuk", data={}, environ_overrides=size)

    assert answer.status_code == 413
    assert "Kiriman terlalu besar" in answer.text


@pytest.mark.parametrize("path", ["/tebingtinggi/masuk", "/bantuan", "/tebingtinggi/tugas"])
def test_a_slash_too_many_leads_on_to_the_page(app: Flask, path: str) -> None:
    answer = app.test_client().get(f"{path}/?halaman=2")

    assert (answer.status_code, answer.headers["Location"]) == (308, f"{path}?halaman=2")


@pytest.mark.parametrize("path", ["/tebingtinggi/x/", "/tebingtinggi/%2F%2Fcontoh.org/", "/tebingtinggi//masuk/"])
def test_a_slash_too_many_leads_nowhere_else(app: Flask, path: str) -> None:
    answer = app.test_client().get(path)

    assert not answer.headers.get("Location", "").startswith("//")
    assert answer.status_code in (303, 404, 308)


def test_a_change_sent_to_a_wrong_address_is_not_led_on(browser: Browser) -> None:
    assert browser.client.post(f"/{CITY}/masuk/").status_code in (400, 404)


def test_robots_are_kept_out_and_the_old_place_of_the_icon_is_known(app: Flask) -> None:
    client = app.test_client()

    assert "Disallow: /\n" in client.get("/robots.txt").text
    assert "/aset/favicon-" in client.get("/favicon.ico").headers["Location"]


def test_a_request_holds_all_the_files_that_a_form_may_ask_for() -> None:
    class Evidence(AlurForm):
        files = FileField("Bukti")

    field = Evidence()["files"]

    assert field.max_files * field.max_megabytes * MEGABYTE + LARGEST_FORM == LARGEST_REQUEST
    assert LARGEST_RECEIVED > 200 * MEGABYTE


def test_a_view_is_closed_unless_it_says_otherwise(app: Flask) -> None:
    app.add_url_rule("/lupa", view_func=lambda: "rahasia")

    answer = Browser(app).get("/lupa", follow_redirects=False)

    assert answer.status_code == 303
    assert "/masuk" in answer.headers["Location"]


def test_missing_and_foreign_look_alike(signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)

    missing, foreign = teacher.get("/tidak-ada"), teacher.get("/admin/peran")

    assert (missing.status_code, foreign.status_code) == (404, 404)
    assert re.sub(r"[\w-]{20,}", "", missing.text) == re.sub(r"[\w-]{20,}", "", foreign.text)


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (NotFound(), 404, "Tidak ditemukan"),
        (Forbidden(), 403, "tidak boleh melakukan tindakan"),
        (Conflict(), 409, "Muat ulang halaman"),
        (Invalid(), 422, "tidak dapat diterima"),
        (EngineError(), 500, "tidak dapat dijalankan"),
        (ZeroDivisionError(), 500, "Gangguan ini sudah dicatat"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_error_has_its_status_and_a_polite_sentence(
    app: Flask, signed_in: SignIn, error: Exception, status: int, says: str
) -> None:
    def fail() -> str:
        raise error

    app.add_url_rule("/gagal", view_func=fail)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    teacher = signed_in(TEACHER)

    answer = teacher.get("/gagal")

    assert answer.status_code == status
    assert says in teacher.text


def test_who_comes_second_is_told_who_was_first_and_when(app: Flask, signed_in: SignIn, moment: Moment) -> None:
    def fail() -> str:
        raise AlreadyDone(person=OFFICER.id, at=moment())

    app.add_url_rule("/gagal", view_func=fail)
    teacher = signed_in(TEACHER)

    answer = teacher.get("/gagal")

    assert answer.status_code == 409
    assert f"diselesaikan oleh {OFFICER.name} pada 23 November 2026 pukul 08.00 WIB" in teacher.text


def test_for_htmx_an_error_is_a_piece_of_a_page(app: Flask, signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)

    answer = teacher.get("/tidak-ada", headers={"HX-Request": "true"})

    assert answer.status_code == 404
    assert "<html" not in answer.text and "data-focus" in answer.text


def test_pages_speak_english_when_asked_to(signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)
    teacher.get("/akun")

    teacher.post("/bahasa", {"language": "en"}, headers={"Referer": f"http://localhost/{CITY}/akun"})

    assert 'lang="en"' in teacher.page
    assert "Change password" in teacher.text and "Kata sandi" not in teacher.text


def test_the_installation_lists_its_cities(app: Flask) -> None:
    page = app.test_client().get("/").text

    assert 'href="/tebingtinggi/"' in page and 'href="/mataram/"' in page


@pytest.mark.parametrize("path", ["/serang/", "/tidakada/masuk", "/masuk", "/akun"])
def test_without_a_city_that_is_served_nothing_is_found(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404


def test_a_city_answers_under_its_own_host_name(alur: Alur) -> None:
    app = create_app(alur)
    middleware = app.wsgi_app
    assert isinstance(middleware, CityMiddleware)
    app.wsgi_app = CityMiddleware(  # type: ignore[method-assign]
        middleware._application, app.extensions["cities"], {"kinerja.contoh.go.id": CITY}
    )

    page = app.test_client().get("/masuk", base_url="http://kinerja.contoh.go.id:8420/")

    assert page.status_code == 200
    assert "Kota Tebing Tinggi" in page.text and 'action="/masuk"' in page.text


def test_assets_are_kept_for_ever_and_sent_compressed(app: Flask) -> None:
    client, name = app.test_client(), manifest()["app.css"]

    plain = client.get(f"/aset/{name}", buffered=True)
    packed = client.get(f"/aset/{name}", headers={"Accept-Encoding": "gzip, br"}, buffered=True)

    assert "immutable" in plain.headers["Cache-Control"] and "Set-Cookie" not in plain.headers
    assert packed.headers["Content-Encoding"] == "br"
    assert len(packed.data) < len(plain.data)
    assert packed.mimetype == plain.mimetype == "text/css"
    assert client.get("/aset/manifest.json").status_code == 404


def test_a_city_is_served_in_its_colours_by_a_file_that_is_kept_for_ever(browser: Browser, app: Flask) -> None:
    browser.get("/masuk")
    address = re.findall(rf'<link rel="stylesheet" href="(/aset/kota-{CITY}-\w+\.css)"', browser.page)[0]

    sheet = app.test_client().get(address)

    assert sheet.mimetype == "text/css" and f'[data-brand="{CITY}"]' in sheet.text
    assert "immutable" in sheet.headers["Cache-Control"] and "Set-Cookie" not in sheet.headers
    assert f'data-brand="{CITY}"' in browser.page and "<style" not in browser.page


@pytest.mark.parametrize("name", [f"kota-{CITY}-00000000.css", "kota-atlantis-00000000.css", "kota-.css"])
def test_colours_that_nobody_has_are_not_found(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/aset/{name}").status_code == 404


def test_the_list_of_cities_shows_each_in_its_own_colours(app: Flask) -> None:
    page = app.test_client().get("/").text

    for code in (CITY, OTHER_CITY):
        assert page.count(f'data-brand="{code}"') == page.count(f"/aset/kota-{code}-") == 1


def test_the_log_names_no_person_and_no_query(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        browser.sign_in(TEACHER, "bukan kata sandinya")
        browser.get(f"/masuk?cari={TEACHER.nip}")
        browser.get("/mulai/rahasia-sekali")

    said = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("sqlalchemy"))
    assert f"{CITY} POST /masuk 422" in said and "/mulai/<token> 404" in said
    assert not any(word in said for word in (TEACHER.nip, TEACHER.name, "rahasia-sekali", "127.0.0.1", PASSWORD))


def test_an_administrator_gives_a_role_and_ends_it(signed_in: SignIn) -> None:
    admin = signed_in(ADMIN)
    admin.post("/admin/peran", {"cari": "siti"})
    assert f"/admin/peran/{TEACHER.id}" in admin.page
    admin.get(f"/admin/peran/{TEACHER.id}")

    admin.post(f"/admin/peran/{TEACHER.id}", {"role": "hr_verifier", "valid_from": "23/11/2026"})
    given = admin.text
    grant = re.findall(rf"/{CITY}/admin/peran/(\d+)/akhiri", admin.page)
    admin.post(f"/admin/peran/{max(grant, key=int)}/akhiri")

    assert "Peran Verifikator BKPSDM sudah diberikan" in given and TEACHER.name in given
    assert "Peran sudah diakhiri" in admin.text and TEACHER.name not in admin.text


def test_a_unit_is_asked_for_where_a_role_needs_one(signed_in: SignIn) -> None:
    admin = signed_in(ADMIN)
    admin.get(f"/admin/peran/{TEACHER.id}")

    answer = admin.post(f"/admin/peran/{TEACHER.id}", {"role": "unit_hr_officer", "valid_from": "23/11/2026"})

    assert answer.status_code == 422
    assert "Pilih salah satu" in admin.text
