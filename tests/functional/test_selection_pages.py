"""The pages of open selections: announce, apply, follow, and who sees what."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from engine.commands.deploy_release import DeployRelease
from engine.policy.actor import system_actor
from processes.people.queries import find_employee
from processes.promotion.definitions import release_files
from processes.promotion.selection.facts import CandidateFacts
from processes.promotion.selection.queries.requirements import Requirements
from processes.promotion.selection.queries.selections import newest_selections
from processes.promotion.selection.variables import SELECTION_PROCESS
from tests.functional.quarter_world import CITY, Quarter, open_quarter_world
from tests.functional.staff_pages import Page
from webapp.promotion.selection_needs import need_lines

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"
WEIGHTS = {"paper": "20", "assessment": "25", "interview": "35", "record": "20"}


@pytest.fixture
def town(tmp_path: Path, opened_city: Path) -> Iterator[Quarter]:
    """The demonstration city, with the diagram of open selections."""
    with open_quarter_world(tmp_path, opened_city) as quarter:
        files = release_files(SELECTION_PROCESS)
        quarter.alur.engine.run(DeployRelease(files, quarter.alur.catalogue), system_actor(CITY))
        yield quarter


def announce(town: Quarter, **changed: str) -> Page:
    """Let the verifier announce the vacant post of the demonstration city."""
    page = town.browser("verifier").get("/seleksi-jpt/baru")
    (post,) = page.tree.xpath("//option[contains(., 'Kepala Dinas Sosial')]/@value")
    values = {"post": post, "closes_on": "2027-01-04", "panel_decree": "800/12/2026", **WEIGHTS, **changed}
    return town.browser("verifier").post("/seleksi-jpt/baru", values)


def address(town: Quarter) -> str:
    """Return the address of the newest selection."""
    with town.alur.database.reading() as read:
        return f"/seleksi-jpt/{newest_selections(read, CITY)[0].case_id}"


def files(**left_out: Any) -> dict[str, Any]:
    """Return the files of an application."""
    found = {kind: (BytesIO(PDF), f"{kind}.pdf") for kind in ("cv", "statement", "paper")}
    return {**found, **left_out}


def test_a_post_is_announced_with_weights_and_leads_to_its_panel(town: Quarter) -> None:
    answer = announce(town)

    assert answer.response.location.endswith("/panitia")
    page = town.browser("employee").get(address(town))
    assert "Kepala Dinas Sosial" in page.title
    assert "Pengumuman dan pendaftaran" in page.text


def test_an_english_reader_reads_stages_and_parts_of_the_value_in_english(town: Quarter) -> None:
    announce(town)
    browser = town.browser("employee")
    browser.client.set_cookie("alur_language", "en", path=f"/{CITY}", domain="localhost")

    listed, one = browser.get("/seleksi-jpt"), browser.get(address(town))

    assert "Announcement and applications" in listed.text
    assert "Administrative selection" in one.text and "Track record" in one.text
    assert "Rekam jejak" not in one.text


def test_weights_outside_their_bounds_are_refused_with_the_words_still_there(town: Quarter) -> None:
    answer = announce(town, interview="40")

    assert answer.status == 422
    assert "Bobot harus dalam batas" in answer.text
    assert answer.values("opening-form")["panel_decree"] == "800/12/2026"


def test_whoever_misses_a_requirement_reads_which_and_is_offered_no_application(town: Quarter) -> None:
    announce(town)
    place, browser = address(town), town.browser("employee")

    page = browser.get(place)

    assert "2 syarat belum terpenuhi" in page.text
    assert "III/c (Penata)" in page.text
    assert "Lihat Karier saya." in page.text
    assert not page.tree.xpath("//a[.='Melamar']")
    assert browser.get(f"{place}/lamar").status == 303
    assert browser.post(f"{place}/lamar", files()).status == 303
    assert "Anda belum dapat melamar" in browser.get(place).text


def test_last_years_predicate_may_still_come_and_does_not_keep_anybody_from_applying() -> None:
    facts = CandidateFacts(1, "PNS", 13, "S1", 50, 24, "BAIK", None, False, 0)

    waiting = Requirements(facts, ("predicate_missing",))

    assert waiting.are_met
    assert not replace(waiting, facts=replace(facts, older=None)).are_met
    assert not replace(waiting, misses=("predicate_missing", "sanctioned")).are_met
    assert not Requirements(None, ()).are_met
    assert [line.state for line in need_lines(waiting, date(2027, 1, 4)) if line.tone != "success"] == ["Menunggu"]


def test_somebody_applies_and_follows_his_own_application(town: Quarter) -> None:
    announce(town)
    place, browser = address(town), town.browser("superior")
    assert "Anda dapat melamar sampai 4 Januari 2027" in browser.get(place).text
    assert "Tanpa nama di dalamnya" in browser.get(f"{place}/lamar").text

    answer = browser.post(f"{place}/lamar", files())

    assert answer.status == 303
    page = browser.get(place)
    assert "Peserta 1" in page.text
    assert "Menunggu seleksi administrasi" in page.text
    assert browser.get(f"{place}/berkas/1/cv").status == 200


def test_an_application_without_its_paper_is_not_taken(town: Quarter) -> None:
    announce(town)

    answer = town.browser("superior").post(f"{address(town)}/lamar", files(paper=(BytesIO(b""), "")))

    assert answer.status == 422
    assert set(answer.errors) == {"paper"}


def test_only_those_who_carry_the_selection_see_the_candidates(town: Quarter) -> None:
    announce(town)
    place = address(town)
    town.browser("superior").post(f"{place}/lamar", files())

    assert "Daftar riwayat hidup" in town.browser("verifier").get(f"{place}/calon").text
    for who in ("employee", "appraiser", "treasurer"):
        assert town.browser(who).get(f"{place}/calon").status == 403
    assert town.browser("appraiser").get(f"{place}/berkas/1/cv").status == 404


def test_somebody_withdraws_with_a_reason(town: Quarter) -> None:
    announce(town)
    place, browser = address(town), town.browser("superior")
    browser.post(f"{place}/lamar", files())
    assert browser.post(f"{place}/mundur", {"reason": ""}).status == 422

    browser.post(f"{place}/mundur", {"reason": "Pindah tugas ke luar daerah"})

    assert "Anda mengundurkan diri" in browser.get(place).text
    assert browser.get(f"{place}/mundur").status == 404


def test_the_panel_is_named_by_number_and_taken_off_while_nobody_is_known(town: Quarter) -> None:
    announce(town)
    place, browser = address(town), town.browser("verifier")
    with town.alur.database.reading() as read:
        member = find_employee(read, CITY, town.people["treasurer"])

    assert set(browser.post(f"{place}/panitia", {"nip": "1" * 18}).errors) == {"nip"}
    browser.post(f"{place}/panitia", {"nip": member.nip})
    assert "Anggota: 1 orang, 1 dari dalam" in browser.get(f"{place}/panitia").text
    browser.press(browser.get(f"{place}/panitia"), f"Keluarkan: {member.name}")

    assert "Belum ada anggota" in browser.get(f"{place}/panitia").text
