"""Thanks of citizens: recorded without a name, confirmed by the unit, read by whom they are for."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from engine.policy.actor import system_actor
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role, unit_head
from processes.recognition.records import citizen_thanks
from tests.functional.browser import Browser
from tests.functional.town import ADMIN, CITY, INSPECTOR, NEW_TEACHER, OFFICER, SCHOOL, TEACHER, Person
from webapp.wiring import Alur

SignIn = Callable[[Person], Browser]
WORDS = "Guru ini sabar menjelaskan kepada anak saya."
ENTRY = {"text": WORDS, "source": "Kotak saran sekolah", "received_on": "20/11/2026"}


@pytest.fixture
def verifier(alur: Alur, signed_in: SignIn) -> Browser:
    """The officer, who verifies for the personnel agency; the inspector heads the school."""
    alur.engine.run(GrantRole(OFFICER.id, Role.HR_VERIFIER, date(2026, 1, 1)), system_actor(CITY))
    head = {"id": 1, "tenant": CITY, "unit_id": SCHOOL.id, "employee_id": INSPECTOR.id, "kind": "definitif"}
    with alur.database.writing() as connection:
        connection.execute(unit_head.insert(), {**head, "valid_from": date(2026, 1, 1)})
    return signed_in(OFFICER)


def recorded(alur: Alur) -> list[Any]:
    with alur.database.reading() as read:
        return list(read.execute(select(citizen_thanks)))


def answer(browser: Browser, word: str) -> int:
    """Answer what waits on the page; return the status."""
    found = re.search(r"/apresiasi/warga/(\d+)/jawab", browser.get("/apresiasi/warga").text)
    assert found is not None, browser.text
    return browser.post(f"/apresiasi/warga/{found[1]}/jawab", {"jawaban": word}).status_code


def test_thanks_for_somebody_are_confirmed_by_the_head_before_he_reads_them(
    alur: Alur, signed_in: SignIn, verifier: Browser
) -> None:
    teacher, head = signed_in(TEACHER), signed_in(INSPECTOR)

    verifier.post(f"/apresiasi/warga/pegawai/{TEACHER.id}", ENTRY)
    before = teacher.get("/apresiasi/milik-saya").text
    answer(head, "benar")

    (row,) = recorded(alur)
    assert (row.employee_id, row.unit_id, row.is_confirmed, row.confirmed_by) == (
        TEACHER.id,
        SCHOOL.id,
        True,
        INSPECTOR.id,
    )
    assert WORDS not in before
    assert WORDS in teacher.get("/apresiasi/milik-saya").text
    # The unit was not told of a person: he was not asked.
    assert WORDS not in head.get("/apresiasi/warga").text


def test_thanks_for_a_unit_are_read_by_the_unit(alur: Alur, signed_in: SignIn, verifier: Browser) -> None:
    verifier.post("/apresiasi/warga/unit", {**ENTRY, "unit": str(SCHOOL.id)})
    answer(signed_in(INSPECTOR), "benar")

    assert WORDS in signed_in(TEACHER).get("/apresiasi/warga").text
    assert WORDS not in signed_in(ADMIN).get("/apresiasi/warga").text
    assert "Dipastikan" in verifier.get("/apresiasi/warga").text


def test_what_the_unit_cannot_confirm_is_shown_to_nobody(alur: Alur, signed_in: SignIn, verifier: Browser) -> None:
    verifier.post(f"/apresiasi/warga/pegawai/{NEW_TEACHER.id}", ENTRY)
    head = signed_in(INSPECTOR)
    verifier.get("/apresiasi/warga")
    (row,) = recorded(alur)

    own = verifier.post(f"/apresiasi/warga/{row.id}/jawab", {"jawaban": "benar"}).status_code
    answer(head, "tidak")
    late = head.post(f"/apresiasi/warga/{row.id}/jawab", {"jawaban": "benar"})

    assert own == 404
    assert "sudah dijawab" in late.text
    assert recorded(alur)[0].is_confirmed is False


def test_nobody_records_thanks_for_himself_or_of_tomorrow(alur: Alur, signed_in: SignIn, verifier: Browser) -> None:
    own = verifier.get(f"/apresiasi/warga/pegawai/{OFFICER.id}").status_code
    early = {**ENTRY, "received_on": "30/11/2026"}

    assert own == 404
    assert verifier.post(f"/apresiasi/warga/pegawai/{TEACHER.id}", early).status_code == 422
    assert signed_in(TEACHER).get("/apresiasi/warga/unit").status_code == 404
    assert recorded(alur) == []
