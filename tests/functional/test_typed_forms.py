"""A form of no task that is sent after its session: the text comes back into its page, for whoever typed it, alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.commands.deploy_release import DeployRelease
from engine.policy.actor import system_actor
from processes.recognition.definitions import release_files
from processes.recognition.records import kudos
from processes.recognition.variables import PROCESS
from tests.functional.browser import Browser
from tests.functional.town import CITY, OFFICER, TEACHER, Moment, Person
from webapp.auth.kept_forms import MOST_AN_HOUR, MOST_BYTES
from webapp.auth.late_forms import VALID_FOR
from webapp.auth.records import account, sign_in_session
from webapp.auth.waiting_forms import MOST_WAITING
from webapp.wiring import Alur

SignIn = Callable[[Person], Browser]
TYPED = 'Terima kasih, Siti & "teman", sudah menolong kami\nsampai malam </textarea>'
FORM = f"/apresiasi/beri/{TEACHER.id}"


@pytest.fixture
def giver(alur: Alur, signed_in: SignIn) -> Browser:
    """The officer, with the page open on which he thanks the teacher."""
    alur.engine.run(DeployRelease(release_files(PROCESS), alur.catalogue), system_actor(CITY))
    browser = signed_in(OFFICER)
    browser.get(FORM)
    return browser


def found(page: str, path: str) -> Any:
    return html.fromstring(page).xpath(path)


def fields(browser: Browser) -> dict[str, str]:
    """Return what the form of the page holds."""
    (form,) = found(browser.page, "//main//form[.//textarea[@name='text']]")
    return {str(name): str(value).removeprefix("\n") for name, value in form.form_values()}


def send(browser: Browser, page: dict[str, str], **options: Any) -> TestResponse:
    """Send what a page held, as a browser does, which says where it stood."""
    headers = {"Referer": f"http://localhost/{CITY}{FORM}"}
    return browser.client.post(f"/{CITY}{FORM}", data=page, headers=headers, **options)


def end_sessions(alur: Alur) -> None:
    with alur.database.writing() as connection:
        connection.execute(sign_in_session.delete())


def sign_in_there(browser: Browser, person: Person, answer: TestResponse) -> None:
    """Go to the sign-in page that an answer leads to, sign in, and go where that leads."""
    browser.page = browser.client.get(answer.location).text
    (form,) = found(browser.page, "//main//form")
    values = {**dict(form.form_values()), "nip": person.nip, "secret": "panci sendok wajan kompor"}
    browser.page = browser.client.post(form.get("action"), data=values, follow_redirects=True).text


def thanks(alur: Alur) -> int:
    with alur.database.reading() as read:
        return len(read.execute(select(kudos.c.id)).all())


def test_what_was_typed_is_in_its_page_after_signing_in_again(alur: Alur, giver: Browser) -> None:
    page = fields(giver)
    end_sessions(alur)

    answer = send(giver, {**page, "text": TYPED})
    sign_in_there(giver, OFFICER, answer)

    assert "Terima" not in answer.location
    assert fields(giver)["text"] == TYPED
    assert "Belum terkirim Ketika Anda mengirim, Anda sudah keluar." in giver.text
    assert thanks(alur) == 0


def test_it_is_sent_by_the_person_and_then_forgotten(alur: Alur, giver: Browser) -> None:
    page = fields(giver)
    end_sessions(alur)
    sign_in_there(giver, OFFICER, send(giver, {**page, "text": TYPED}))

    send(giver, fields(giver))
    giver.get(FORM)

    assert thanks(alur) == 1
    assert "Belum terkirim" not in giver.text


def test_somebody_who_signed_out_in_another_tab_gets_it_back_too(giver: Browser) -> None:
    page = fields(giver)
    giver.post("/keluar")

    sign_in_there(giver, OFFICER, send(giver, {**page, "text": TYPED}))

    assert fields(giver)["text"] == TYPED


def test_somebody_who_signed_in_again_in_another_tab_finds_it_at_once(alur: Alur, giver: Browser) -> None:
    page = fields(giver)
    giver.post("/keluar")
    giver.sign_in(OFFICER)

    answer = send(giver, {**page, "text": TYPED})
    giver.get(FORM)

    assert answer.location == f"/{CITY}{FORM}"
    assert fields(giver)["text"] == TYPED
    assert thanks(alur) == 0


def test_somebody_else_who_signs_in_there_gets_nothing(alur: Alur, giver: Browser) -> None:
    page = fields(giver)
    end_sessions(alur)

    sign_in_there(giver, TEACHER, send(giver, {**page, "text": TYPED}))

    assert "Terima kasih, Siti" not in giver.text
    assert "bukan milik Anda" in giver.text


def test_a_page_of_somebody_else_is_not_sent_for_whoever_is_signed_in_now(alur: Alur, giver: Browser) -> None:
    page = fields(giver)
    giver.post("/keluar")
    giver.sign_in(TEACHER)

    answer = send(giver, {**page, "text": TYPED})

    assert answer.status_code == 400
    assert "orang lain masuk di peramban ini" in answer.text
    assert "Terima kasih, Siti" not in answer.text
    assert thanks(alur) == 0


def test_it_can_be_thrown_away(alur: Alur, giver: Browser) -> None:
    page = fields(giver)
    end_sessions(alur)
    sign_in_there(giver, OFFICER, send(giver, {**page, "text": TYPED}))

    giver.post("/belum-terkirim/buang", {"isian": found(giver.page, "//main//input[@name='isian']/@value")[0]})

    assert fields(giver)["text"] == ""
    assert "sudah dibuang" in giver.text


def test_two_pages_that_were_open_both_get_their_text_back(alur: Alur, giver: Browser) -> None:
    page, other = fields(giver), "Sebuah catatan lain"
    giver.post("/keluar")
    giver.sign_in(OFFICER)

    for text in (TYPED, other):
        send(giver, {**page, "text": text})
    giver.get(FORM)
    newest = fields(giver)
    send(giver, newest)
    giver.get(FORM)

    assert (newest["text"], fields(giver)["text"]) == (other, TYPED)
    send(giver, fields(giver))
    assert "Belum terkirim" not in giver.get(FORM).text
    assert thanks(alur) == 2


def test_no_more_than_some_pages_get_their_text_back(giver: Browser) -> None:
    page = fields(giver)
    giver.post("/keluar")
    giver.sign_in(OFFICER)

    for number in range(MOST_WAITING + 1):
        send(giver, {**page, "text": f"Yang ke-{number}"})
    found_again = []
    while "Belum terkirim" in giver.get(FORM).text:
        found_again.append(fields(giver)["text"])
        giver.post("/belum-terkirim/buang", {"isian": found(giver.page, "//main//input[@name='isian']/@value")[0]})

    assert found_again == [f"Yang ke-{number}" for number in range(MOST_WAITING, 0, -1)]


def test_only_the_form_that_was_filled_in_counts_as_sent(alur: Alur, giver: Browser) -> None:
    page = fields(giver)
    giver.post("/keluar")
    giver.sign_in(OFFICER)
    giver.get(FORM)
    another = fields(giver)
    send(giver, {**page, "text": TYPED})

    send(giver, {**another, "text": "Dari halaman lain"})

    assert thanks(alur) == 1
    giver.get(FORM)
    assert fields(giver)["text"] == TYPED


def test_a_filled_form_that_is_sent_back_because_of_a_mistake_is_known_when_it_is_right(
    alur: Alur, giver: Browser
) -> None:
    page = fields(giver)
    giver.post("/keluar")
    giver.sign_in(OFFICER)
    send(giver, {**page, "text": TYPED})
    giver.get(FORM)

    refused = send(giver, {**fields(giver), "text": ""})
    giver.page = refused.text
    send(giver, {**fields(giver), "text": TYPED})

    assert (refused.status_code, thanks(alur)) == (422, 1)
    assert "Belum terkirim" not in giver.get(FORM).text


def test_a_form_that_is_late_twice_waits_once(alur: Alur, giver: Browser) -> None:
    page = fields(giver)
    giver.post("/keluar")
    giver.sign_in(OFFICER)
    send(giver, {**page, "text": TYPED})
    giver.get(FORM)
    filled = fields(giver)
    giver.client.delete_cookie("alur_form", path=f"/{CITY}")

    answer = send(giver, {**filled, "text": f"{TYPED} lagi"})
    giver.get(FORM)

    assert answer.status_code == 303
    assert fields(giver)["text"] == f"{TYPED} lagi"
    send(giver, fields(giver))
    assert "Belum terkirim" not in giver.get(FORM).text


def test_the_way_to_a_kept_form_is_open_to_whoever_is_in_already(alur: Alur, giver: Browser) -> None:
    page = fields(giver)
    end_sessions(alur)
    ways = [send(giver, {**page, "text": text}).location for text in ("satu", TYPED)]
    giver.sign_in(OFFICER)

    giver.page = giver.client.get(ways[1], follow_redirects=True).text

    assert fields(giver)["text"] == TYPED


@pytest.mark.parametrize("token", ["", "made.up~WzEsMV0.aaaa"])
def test_without_a_good_mark_nothing_is_kept_and_the_page_leads_to_the_sign_in(giver: Browser, token: str) -> None:
    page = fields(giver)
    giver.post("/keluar")

    answer = send(giver, {**page, "text": TYPED, "csrf_token": token})

    assert answer.status_code == 400
    assert "tidak diterima" in answer.text
    assert found(answer.text, "//main//a/@href")[0] == f"/{CITY}/masuk?next=/{CITY}{FORM}"


def test_what_is_too_long_to_keep_is_said_to_be_lost(alur: Alur, giver: Browser) -> None:
    page = fields(giver)
    end_sessions(alur)

    answer = send(giver, {**page, "text": "a" * (MOST_BYTES + 1)})

    assert answer.status_code == 401
    assert f"/{CITY}/masuk?next=/{CITY}{FORM}" in answer.text


def test_a_mark_ends_after_some_days_and_with_the_account(alur: Alur, giver: Browser, moment: Moment) -> None:
    page = fields(giver)
    moment.now += VALID_FOR
    late = send(giver, {**page, "text": TYPED})
    moment.now -= VALID_FOR
    with alur.database.writing() as connection:
        connection.execute(account.update().values(active=False))

    assert (late.status_code, send(giver, {**page, "text": TYPED}).status_code) == (401, 401)


def test_a_form_of_another_page_is_not_filled_in_and_shows_the_text_to_copy(alur: Alur, giver: Browser) -> None:
    page = fields(giver)
    giver.get("/akun")
    of_another_page = str(found(giver.page, "//main//input[@name='csrf_token']/@value")[0])
    end_sessions(alur)
    answer = send(giver, {**page, "csrf_token": of_another_page, "text": TYPED})

    sign_in_there(giver, OFFICER, answer)

    assert "Formulirnya tidak ada lagi di halaman ini" in giver.text
    assert "sudah menolong kami" in giver.text


def test_no_other_site_gets_anything_kept(alur: Alur, giver: Browser) -> None:
    page = fields(giver)
    end_sessions(alur)
    headers = {"Sec-Fetch-Site": "cross-site"}

    assert giver.client.post(f"/{CITY}{FORM}", data=page, headers=headers).status_code == 400


def test_no_more_than_some_are_kept_within_an_hour(alur: Alur, giver: Browser, moment: Moment) -> None:
    page = fields(giver)
    end_sessions(alur)

    answers = [send(giver, {**page, "text": TYPED}).status_code for _ in range(MOST_AN_HOUR + 1)]
    moment.now += timedelta(hours=1)

    assert answers == [*[303] * MOST_AN_HOUR, 401]
    assert send(giver, {**page, "text": TYPED}).status_code == 303


def test_a_browser_that_names_no_address_as_the_page_before_is_answered(giver: Browser) -> None:
    giver.post("/keluar")

    assert giver.client.post(f"/{CITY}{FORM}", headers={"Referer": "http://["}).status_code == 400
