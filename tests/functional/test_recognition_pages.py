"""The pages of recognition: thanks with consent, ideas by stages, awards from opening to nomination."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import Table, select, update

from engine.commands.deploy_release import DeployRelease
from engine.policy.actor import system_actor
from engine.records.case import open_task
from processes.people.commands.grant_role import GrantRole
from processes.people.figures import unit_figure
from processes.people.records import Role, placement, result
from processes.recognition.definitions import release_files
from processes.recognition.records import (
    award_nomination,
    award_program,
    innovation,
    innovation_file,
    kudos,
    unit_award,
)
from processes.recognition.variables import PROCESS
from tests.functional.browser import Browser
from tests.functional.town import ADMIN, CITY, CLINIC, INSPECTOR, NEW_TEACHER, NURSE, OFFICER, TEACHER, Person
from webapp.wiring import Alur

SignIn = Callable[[Person], Browser]
WORDS = "Terima kasih sudah membantu menyusun laporan bulanan tepat waktu."
IDEA = {"kind": "innovation", "title": "Antrean daring", "text": "Warga memilih jam datang lewat tautan singkat."}
PROGRAM = {
    "name": "ASN Berprestasi",
    "opens_on": "01/11/2026",
    "closes_on": "31/12/2026",
    "performance": "50",
    "conduct": "25",
    "impact": "25",
}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LONG_AGO = date(2020, 1, 1)
SCORES = {"conflict": "none", "performance": "90", "conduct": "80", "impact": "80", "note": "Sesuai bukti"}
NOMINATION = {"reason": "Antrean berkas turun dari dua hari menjadi dua jam.", "evidence": "Laporan TW 3"}


@pytest.fixture
def verifier(alur: Alur, signed_in: SignIn) -> Browser:
    """The officer, who verifies for the personnel agency, too."""
    alur.engine.run(DeployRelease(release_files(PROCESS), alur.catalogue), system_actor(CITY))
    alur.engine.run(GrantRole(OFFICER.id, Role.HR_VERIFIER, date(2026, 1, 1)), system_actor(CITY))
    return signed_in(OFFICER)


def rows(alur: Alur, table: Table) -> list[Any]:
    with alur.database.reading() as read:
        return list(read.execute(select(table)))


def number_in(browser: Browser, pattern: str) -> int:
    found = re.search(pattern, browser.page)
    assert found is not None, browser.text
    return int(found[1])


def test_thanks_stand_on_the_wall_once_the_receiver_agrees(alur: Alur, signed_in: SignIn) -> None:
    giver, receiver = signed_in(INSPECTOR), signed_in(TEACHER)

    giver.post(f"/apresiasi/beri/{TEACHER.id}", {"text": WORDS})
    before = giver.get("/apresiasi").text
    receiver.get("/apresiasi/milik-saya")
    number = number_in(receiver, r"/apresiasi/(\d+)/pilih")
    receiver.post(f"/apresiasi/{number}/pilih", {"pilihan": "tampil"})

    assert WORDS not in before
    assert WORDS in giver.get("/apresiasi").text


def test_nobody_thanks_himself_or_without_end(alur: Alur, signed_in: SignIn) -> None:
    giver = signed_in(INSPECTOR)

    own = giver.get(f"/apresiasi/beri/{INSPECTOR.id}").status_code
    for _time in range(3):
        giver.post(f"/apresiasi/beri/{TEACHER.id}", {"text": WORDS})

    assert own == 404
    assert "Dalam 30 hari" in giver.text
    assert len(rows(alur, kudos)) == 2


def test_reported_thanks_leave_the_wall_until_somebody_uninvolved_has_looked(
    alur: Alur, signed_in: SignIn, verifier: Browser
) -> None:
    giver, receiver = signed_in(INSPECTOR), signed_in(TEACHER)
    giver.post(f"/apresiasi/beri/{TEACHER.id}", {"text": WORDS})
    receiver.get("/apresiasi/milik-saya")
    number = number_in(receiver, r"/apresiasi/(\d+)/pilih")
    receiver.post(f"/apresiasi/{number}/pilih", {"pilihan": "tampil"})

    receiver.post(f"/apresiasi/{number}/lapor", {"reason": "Bukan saya yang mengerjakannya"})
    hidden = giver.get("/apresiasi").text
    assert "Bukan saya" in verifier.get("/apresiasi/laporan").text
    verifier.post(f"/apresiasi/{number}/putuskan", {"keputusan": "pantas"})

    assert WORDS not in hidden
    assert WORDS in giver.get("/apresiasi").text
    assert receiver.get("/apresiasi/laporan").status_code == 404


def test_thanks_can_be_taken_back(alur: Alur, signed_in: SignIn) -> None:
    giver = signed_in(INSPECTOR)
    giver.post(f"/apresiasi/beri/{TEACHER.id}", {"text": WORDS})
    number = number_in(giver, r"/apresiasi/(\d+)/tarik")

    giver.get(f"/apresiasi/{number}/tarik")
    giver.post(f"/apresiasi/{number}/tarik")

    assert rows(alur, kudos) == []


def test_an_idea_is_tried_and_adopted_by_others_than_its_owner(
    alur: Alur, signed_in: SignIn, verifier: Browser
) -> None:
    owner, reader = signed_in(TEACHER), signed_in(ADMIN)
    owner.post("/apresiasi/inovasi/baru", IDEA)
    (idea,) = rows(alur, innovation)
    address = f"/apresiasi/inovasi/{idea.id}"

    owner.post(f"{address}/tindak-lanjut", {"note": "Sudah dibahas di rapat"})
    refused = owner.post(f"{address}/tahap", {"stage": "trial", "note": "Saya coba"}).status_code
    early = verifier.post(f"{address}/tahap", {"stage": "adopted", "note": "Langsung"}).status_code
    verifier.post(f"{address}/tahap", {"stage": "trial", "note": "Dicoba satu bulan"})
    reader.post(f"{address}/berguna")
    reader.post(f"{address}/berguna")

    text = reader.get(address).text
    assert (refused, early) == (404, 422)
    assert "Uji coba" in text
    assert "1 orang" in text
    assert "Sudah dibahas di rapat" in text


def test_an_award_is_opened_with_a_panel_and_takes_a_nomination(
    alur: Alur, signed_in: SignIn, verifier: Browser
) -> None:
    verifier.post("/apresiasi/penghargaan/baru", PROGRAM)
    (program,) = rows(alur, award_program)
    address = f"/apresiasi/penghargaan/{program.id}"
    for person in (OFFICER, ADMIN, INSPECTOR):
        verifier.post(f"{address}/panel/{person.id}", {"tindakan": "tambah"})

    teacher = signed_in(TEACHER)
    teacher.post(f"{address}/usulkan/{NURSE.id}", NOMINATION)
    again = teacher.post(f"{address}/usulkan/{NURSE.id}", NOMINATION).status_code

    (nomination,) = rows(alur, award_nomination)
    page = f"/apresiasi/penghargaan/usulan/{nomination.case_id}"
    assert again == 409
    assert "Antrean berkas" in verifier.get(page).text
    assert "Syarat diperiksa" in teacher.get(page).text
    # Whoever nominated learns neither what was checked nor by whom.
    assert teacher.get(f"/kasus/{nomination.case_id}").status_code == 404
    assert NURSE.name in verifier.get(address).text
    assert NURSE.name not in teacher.get(address).text


def task_of(alur: Alur, element: str, person: Person | None = None) -> str:
    """The address of a task that waits, for somebody or for a group."""
    with alur.database.reading() as read:
        found = select(open_task).where(open_task.c.element == element)
        waiting = found if person is None else found.where(open_task.c.assignee == person.id)
        row = read.execute(waiting).one()
    return f"/tugas/{row.case_id}/{row.token}"


def test_every_task_shows_what_it_is_about(alur: Alur, signed_in: SignIn, verifier: Browser) -> None:
    judge = {"tenant": CITY, "employee_id": NURSE.id, "year": 2026, "quarter": 3, "version": 1, "source": "impor"}
    ratings = {"work_result": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI", "predicate": "BAIK"}
    alur.engine.run(GrantRole(ADMIN.id, Role.AUTHORIZED_OFFICIAL, date(2026, 1, 1)), system_actor(CITY))
    verifier.post("/apresiasi/penghargaan/baru", PROGRAM)
    (program,) = rows(alur, award_program)
    address = f"/apresiasi/penghargaan/{program.id}"
    for person in (OFFICER, ADMIN, INSPECTOR):
        verifier.post(f"{address}/panel/{person.id}", {"tindakan": "tambah"})
    signed_in(TEACHER).post(f"{address}/usulkan/{NURSE.id}", NOMINATION)

    review = task_of(alur, "review_misses")
    verifier.post(f"{review}/ambil")
    assert "Masa kerja kurang dari satu tahun." in verifier.get(review).text
    with alur.database.writing() as connection:
        connection.execute(result.insert(), {**judge, **ratings, "decided_at": alur.clock()})
        connection.execute(update(placement).where(placement.c.employee_id == NURSE.id).values(valid_from=LONG_AGO))
    verifier.post(review, {"outcome": "again", "note": "Data sudah diimpor"})

    for person in (OFFICER, ADMIN, INSPECTOR):
        browser, score = signed_in(person), task_of(alur, "score", person)
        assert NOMINATION["reason"] in browser.get(score).text
        assert browser.post(score, SCORES).status_code == 200
    official = signed_in(ADMIN)
    assert "Nilai panel 85" in official.get(task_of(alur, "decide")).text
    official.post(task_of(alur, "decide"), {"outcome": "grant", "reason": "Terbukti mempercepat layanan"})

    decree = task_of(alur, "issue_decree")
    verifier.post(f"{decree}/ambil")
    verifier.post(decree, {"number": "800/145/2026", "decree_on": "23/11/2026"})
    assert "800/145/2026" in verifier.get("/apresiasi/penghargaan/siasn/2026").text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"performance": "40", "conduct": "35"}, "prestasi kerja paling sedikit 50"),
        ({"amount": "2500000"}, "Isi kode DPA"),
        ({"closes_on": "01/10/2026"}, "tidak boleh sebelum"),
    ],
)
def test_an_award_that_is_not_fair_is_not_opened(
    alur: Alur, verifier: Browser, changed: dict[str, str], said: str
) -> None:
    verifier.post("/apresiasi/penghargaan/baru", {**PROGRAM, **changed})

    assert said in verifier.text
    assert rows(alur, award_program) == []


def test_awards_of_a_year_are_exported_for_siasn(verifier: Browser, signed_in: SignIn) -> None:
    sent = verifier.get("/apresiasi/penghargaan/siasn/2026")

    assert sent.text.splitlines() == ["nip;tahun;skNomor;skDate;hargaId;namaPenghargaan"]
    assert signed_in(TEACHER).get("/apresiasi/penghargaan/siasn/2026").status_code == 404


def test_colleagues_are_found_by_name_and_no_address_holds_it(signed_in: SignIn) -> None:
    browser = signed_in(TEACHER)

    answer = browser.post("/apresiasi/beri", {"cari": "Rina"}, follow_redirects=False)
    browser.get(answer.headers["Location"].removeprefix(f"/{CITY}"))

    assert "Rina" not in answer.headers["Location"]
    assert NURSE.name in browser.text
    assert NEW_TEACHER.name not in browser.text


def test_a_unit_is_proposed_from_the_ranking_and_its_award_is_for_everybody_to_read(
    alur: Alur, signed_in: SignIn, verifier: Browser
) -> None:
    alur.engine.run(DeployRelease(release_files("unit_award"), alur.catalogue), system_actor(CITY))
    alur.engine.run(GrantRole(ADMIN.id, Role.AUTHORIZED_OFFICIAL, date(2026, 1, 1)), system_actor(CITY))
    key = {"tenant": CITY, "unit_id": CLINIC.id, "year": 2026, "quarter": 3, "entered_at": alur.clock()}
    with alur.database.writing() as connection:
        for name, value in (("ikm", Decimal("88.4")), ("n", Decimal(120))):
            connection.execute(unit_figure.insert(), {**key, "name": name, "value": value, "source": "skm.csv"})
    address = f"/apresiasi/penghargaan/unit/usulkan/{CLINIC.id}?tahun=2026&triwulan=3"
    assert address.replace("&", "&amp;") in verifier.get("/laporan/layanan").text

    assert "88,4" in verifier.get(address).text
    verifier.post(address, {"name": "Unit layanan terbaik", **NOMINATION})
    verifier.post(address, {"name": "Unit layanan terbaik", **NOMINATION})
    assert "sudah diusulkan" in verifier.text
    official, decide = signed_in(ADMIN), task_of(alur, "decide")
    assert NOMINATION["reason"] in official.get(decide).text
    official.post(decide, {"outcome": "grant", "reason": "Warga puas"})
    decree = task_of(alur, "issue_decree")
    verifier.post(f"{decree}/ambil")
    verifier.post(decree, {"number": "800/12/2026", "decree_on": "23/11/2026"})

    (award,) = rows(alur, unit_award)
    teacher = signed_in(TEACHER)
    assert CLINIC.name in teacher.get("/apresiasi/penghargaan").text
    seen = teacher.get(f"/apresiasi/penghargaan/unit/{award.case_id}").text
    assert "800/12/2026" in seen
    assert "Warga puas" not in seen
    assert "Warga puas" in verifier.get(f"/apresiasi/penghargaan/unit/{award.case_id}").text


def test_awards_are_read_on_page_by_page(alur: Alur, verifier: Browser) -> None:
    for number in range(26):
        verifier.post("/apresiasi/penghargaan/baru", {**PROGRAM, "name": f"Penghargaan {number:02}"})

    first = verifier.get("/apresiasi/penghargaan").text
    last = verifier.get("/apresiasi/penghargaan?program=2").text

    assert "Penghargaan 25" in first
    assert "Penghargaan 00" not in first
    assert "program=2" in first
    assert "Penghargaan 00" in last
    assert "Penghargaan 25" not in last


def test_the_owner_of_an_idea_attaches_evidence_that_everybody_opens(
    alur: Alur, signed_in: SignIn, verifier: Browser
) -> None:
    owner, reader = signed_in(TEACHER), signed_in(INSPECTOR)
    owner.post("/apresiasi/inovasi/baru", IDEA)
    (idea,) = rows(alur, innovation)
    address = f"/apresiasi/inovasi/{idea.id}"

    assert owner.post(f"{address}/bukti", {"evidence": (BytesIO(b"#!/bin/sh\n"), "x.pdf")}).status_code == 422
    owner.post(f"{address}/bukti", {"evidence": (BytesIO(PDF), "sebelum-sesudah.pdf")})
    again = owner.post(f"{address}/bukti", {"evidence": (BytesIO(PDF), "sama.pdf")}).status_code
    others = reader.post(f"{address}/bukti", {"evidence": (BytesIO(PDF), "milik-orang.pdf")}).status_code

    (kept,) = rows(alur, innovation_file)
    sent = reader.get(f"{address}/bukti/{kept.sha256}")
    assert (again, others, kept.filename) == (409, 404, "sebelum-sesudah.pdf")
    assert (sent.data, sent.headers["Content-Security-Policy"]) == (PDF, "default-src 'none'; sandbox")
    sent.close()
    assert "sebelum-sesudah.pdf" in reader.get(address).text
    assert reader.get(f"{address}/bukti/{'0' * 64}").status_code == 404
