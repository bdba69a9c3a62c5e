"""The pages of allowances through HTTP: the own slip and its dispute, an officer's list, a correction by two people."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.records.history import audit
from processes.incentive.corrections import find_correction
from tests.functional.personas_incentive import LETTER
from tests.functional.personas_world import HERE, World, open_personas_world

SLIP = "/slip/2026/9"
REASON = "Tanggal 17 September saya dinas luar."


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with open_personas_world(tmp_path_factory.mktemp("allowances")) as opened:
        yield opened


@pytest.fixture
def world(settled: World) -> Iterator[World]:
    """The world as it was settled, whatever the test before did."""
    yield settled
    settled.restore()


def get(world: World, persona: str, path: str) -> TestResponse:
    return world.client(HERE, persona).get(f"/{HERE}{path}")


def post(world: World, persona: str, path: str, answers: Mapping[str, object] = {}) -> TestResponse:  # only read
    client = world.client(HERE, persona)
    token = re.search(r'name="csrf-token" content="([^"]*)"', client.get(f"/{HERE}/bantuan").text)
    assert token is not None
    return client.post(f"/{HERE}{path}", data={**answers, "csrf_token": token[1]})


def unit(world: World, thing: str) -> str:
    return f"/tpp/2026/9/{world.places[HERE].objects[thing]['unit']}"


def test_a_slip_names_the_days_the_parameters_and_until_when_it_is_disputed(world: World) -> None:
    page = get(world, "employee", SLIP).text

    assert "terlambat 42 menit" in page
    assert "incentive.attendance" in page
    assert "Dapat disanggah sampai 8 Oktober 2026" in page


def test_a_dispute_without_a_reason_says_what_is_missing(world: World) -> None:
    office = world.places[HERE].objects["allowance_unit"]["unit"]

    answer = post(world, "employee", f"{SLIP}/{office}/sanggah", {"line": "", "reason": "salah"})

    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.text


def test_a_disputed_slip_shows_its_dispute_and_takes_no_second_one(world: World) -> None:
    office = world.places[HERE].objects["allowance_unit"]["unit"]
    post(world, "employee", f"{SLIP}/{office}/sanggah", {"line": "", "reason": REASON})

    again = post(world, "employee", f"{SLIP}/{office}/sanggah", {"line": "", "reason": REASON})

    assert "Sanggahan sedang diperiksa" in get(world, "employee", SLIP).text
    assert (again.status_code, "sudah Anda sanggah" in again.text) == (422, True)


def test_an_officer_sees_the_own_units_and_the_agency_all(world: World) -> None:
    own, everything = get(world, "unrelated_hr", "/tpp/2026/9").text, get(world, "verifier", "/tpp/2026/9").text

    assert "Badan Perencanaan Pembangunan Daerah" in own
    assert "Dinas Kesehatan" not in own.split("<main")[1]
    assert "Dinas Kesehatan" in everything


def test_reading_the_slip_of_somebody_else_leaves_a_trace(world: World) -> None:
    person = world.places[HERE].objects["allowance_slip"]["person"]

    get(world, "inspector", f"/tpp/2026/9/pegawai/{person}")

    with world.alur.database.reading() as read:
        found = select(audit.c.actor).where(audit.c.command == "ReadSlip", audit.c.subject == person)
        assert world.places[HERE].people["inspector"] in set(read.execute(found).scalars())


def test_a_correction_needs_its_evidence(world: World) -> None:
    answers = {"day": "03/09/2026", "kind": "dinas_luar", "reason": "Rapat koordinasi di provinsi."}

    answer = post(world, "unit_hr", f"{unit(world, 'allowance_below')}/koreksi", answers)

    assert answer.status_code == 422


def test_a_correction_with_evidence_waits_for_somebody_else(world: World) -> None:
    path = unit(world, "allowance_below")
    form = get(world, "unit_hr", f"{path}/koreksi").text
    person = re.search(r'<option value="(\d+)"', form)
    assert person is not None
    answers = {"person": person[1], "day": "10/09/2026", "kind": "dinas_luar", "reason": "Rapat koordinasi."}

    sent = post(world, "unit_hr", f"{path}/koreksi", {**answers, "evidence": (BytesIO(LETTER), "surat.pdf")})

    assert sent.status_code == 303
    assert "Orang lain yang memutuskan" in get(world, "unit_hr", path).text
    assert "Setujui" in get(world, "verifier", path).text


def test_a_correction_is_decided_once(world: World) -> None:
    correction = world.places[HERE].objects["attendance_correction"]["correction"]
    post(world, "verifier", f"/tpp/koreksi/{correction}/setujui")

    again = post(world, "hr_head", f"/tpp/koreksi/{correction}/tolak", {"note": "Suratnya tidak ada."})

    with world.alur.database.reading() as read:
        kept = find_correction(read, HERE, correction)
    assert (again.status_code, kept.status, kept.decided_by) == (303, "approved", world.places[HERE].people["verifier"])


def test_a_month_that_every_unit_has_is_not_opened_again(world: World) -> None:
    answer = post(world, "verifier", "/tpp/buka", {"year": "2026", "month": "9"})

    assert (answer.status_code, "sudah dibuka untuk semua unit" in answer.text) == (422, True)
