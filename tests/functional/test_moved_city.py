"""A city that is closed, or works elsewhere now, says so to everybody who comes; the others go on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.records.tenant import Standing
from plugins.manager import Cities
from tests.functional.test_broken_city import installed
from webapp.app import create_app
from webapp.texts.speaking import COOKIE as LANGUAGE_COOKIE
from webapp.wiring import Alur
from webapp.wiring.city_archive import close_city, reopen_city
from webapp.wiring.city_archive.standing import stand

NOW = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)


@pytest.fixture(params=[("serang", "mataram"), ("serang",)], ids=["with-plugin", "without"])
def alur(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Alur]:
    """An installation of two cities; of one that moves the plugin may be gone."""
    with installed(tmp_path, Cities.installed(only=request.param), "serang", "mataram") as found:
        yield found


def let_stand(alur: Alur, kind: Standing) -> None:
    """Note how it stands with Mataram."""
    with alur.database.writing() as connection:
        stand(connection, "mataram", kind, NOW, "0" * 64)


@pytest.mark.parametrize("path", ["/", "/masuk", "/tugas", "/mulai/abc"])
def test_a_city_that_has_moved_says_so(alur: Alur, path: str) -> None:
    let_stand(alur, Standing.MOVED)
    client = create_app(alur).test_client()

    answer = client.get(f"/mataram{path}")

    assert answer.status_code == 410
    assert "<h1>Kota ini sudah pindah</h1>" in answer.text
    assert "Mintalah alamat barunya" in answer.text
    assert client.get("/serang/masuk").status_code == 200


def test_it_says_so_in_english_and_is_no_choice_on_the_first_page(alur: Alur) -> None:
    let_stand(alur, Standing.MOVED)
    client = create_app(alur).test_client()
    assert client.get("/").headers["Location"] == "/serang/"  # the only one
    client.set_cookie(LANGUAGE_COOKIE, "en")

    answer = client.get("/mataram/masuk")

    assert "This city has moved" in answer.text and "sign in there" in answer.text


@pytest.mark.parametrize(("kind", "said"), [(Standing.ARRIVING, "belum lengkap"), (Standing.LEAVING, "dipindahkan")])
def test_nobody_signs_in_while_a_city_comes_or_goes(alur: Alur, kind: Standing, said: str) -> None:
    let_stand(alur, kind)

    answer = create_app(alur).test_client().get("/mataram/masuk")

    assert answer.status_code in (410, 503) and said in answer.text


def sign_in_page(alur: Alur) -> FlaskClient:
    """Return a browser at a running server that knew the city as open."""
    client = create_app(alur).test_client()
    assert client.get("/serang/masuk").status_code == 200
    return client


def test_a_running_server_notices_that_a_city_is_closed_and_open_again(alur: Alur) -> None:
    client = sign_in_page(alur)

    close_city(alur.database, "serang", NOW)
    closed = client.get("/serang/tugas")
    reopen_city(alur.database, "serang")

    assert closed.status_code == 503 and "sedang ditutup sementara" in closed.text
    assert client.get("/serang/tugas").status_code == 303  # to the page for signing in


@pytest.mark.parametrize("kind", [Standing.MOVED, Standing.ARRIVING])
def test_the_page_of_a_city_that_is_shut_leads_nowhere_into_it_and_says_whom_to_ask(alur: Alur, kind: Standing) -> None:
    let_stand(alur, kind)

    answer = create_app(alur).test_client().get("/mataram/tugas")

    assert 'href="/mataram/' not in answer.text and "halaman depan" not in answer.text
    assert "pengelola kepegawaian kota Anda" in answer.text
    assert (">Coba lagi</a>" in answer.text) is (kind is Standing.ARRIVING)  # one that has moved does not come back


def test_a_city_that_is_closed_for_a_while_offers_another_try_of_the_same_page(alur: Alur) -> None:
    client = sign_in_page(alur)

    close_city(alur.database, "serang", NOW)
    closed = client.get("/serang/tugas")

    assert '<a class="btn btn-primary" href="">Coba lagi</a>' in closed.text
    assert 'href="/serang/"' not in closed.text and "pengelola kepegawaian kota Anda" in closed.text


def test_the_language_of_that_page_can_be_chosen_there(alur: Alur) -> None:
    let_stand(alur, Standing.MOVED)
    client = create_app(alur).test_client()
    page = client.get("/mataram/masuk").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]

    sent = {"language": "en", "csrf_token": token}
    chosen = client.post("/mataram/bahasa", data=sent, headers={"Referer": "http://localhost/mataram/masuk"})

    assert (chosen.status_code, chosen.headers["Location"]) == (303, "/mataram/masuk")
    assert "This city has moved" in client.get("/mataram/masuk").text


def test_its_own_address_has_the_looks_of_alur(alur: Alur) -> None:
    let_stand(alur, Standing.MOVED)
    client, at = create_app(alur).test_client(), "http://kinerja.mataram.example"

    page = client.get("/", base_url=at)
    sheet = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]

    with client.get(sheet, base_url=at) as looks:
        assert (page.status_code, looks.status_code) == (410, 200)
