"""The pages about the filling of posts: from the vacant post to the decision, and what candidates see of themselves."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_release import DeployRelease
from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.queries.inbox import group_tasks, my_tasks
from processes.people.commands.grant_role import GrantRole
from processes.people.queries import employee_by_nip
from processes.people.records import Role, post
from processes.promotion.appointing.records import post_decree
from processes.promotion.board.records import board_candidate
from processes.promotion.board.variables import BOARD_PROCESS
from processes.promotion.definitions import release_files
from tests.functional.quarter_world import CITY, OPENS, Quarter, the_quarter, the_template
from tests.functional.staff_pages import Page
from webapp.demo.board import load_board
from webapp.demo.town import SINCE, build_town

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)
SYSTEM = system_actor(CITY)
REASON = "Pengalaman perencanaan dua periode lebih sesuai."


def words(page: Page) -> str:
    return re.sub(r"\s+", " ", page.tree.text_content())


@pytest.fixture
def filling(quarter: Quarter) -> Iterator[Quarter]:
    """A quarter in which the board is filling a post, and the regional head is there."""
    quarter.alur.engine.run(DeployRelease(release_files(BOARD_PROCESS), quarter.alur.catalogue), SYSTEM)
    load_board(quarter.alur.engine, CITY, SYSTEM)
    head = seat(quarter, "SETDA", "assistant1")
    quarter.alur.engine.run(GrantRole(head, Role.APPOINTING_AUTHORITY, SINCE), SYSTEM)
    run_until_idle(quarter.alur.jobs)
    yield quarter


def seat(quarter: Quarter, unit: str, key: str = "head") -> int:
    """Return who holds a seat of the made-up city."""
    with quarter.alur.database.reading() as read:
        found = employee_by_nip(read, CITY, build_town(CITY).at(unit, key).nip)
    assert found is not None
    return found.id


def address(quarter: Quarter) -> str:
    """Return the page of the filling, as the list leads to it."""
    (found,) = quarter.browser("verifier").get("/pengisian-jabatan").tree.xpath("//tbody//th/a/@href")
    return str(found).removeprefix(f"/{CITY}")


def considered(quarter: Quarter, *, is_eligible: bool) -> list[int]:
    """Return who was considered, those with the highest values first."""
    with quarter.alur.database.reading() as read:
        rows = read.execute(board_candidate.select().order_by(board_candidate.c.employee_id)).all()
    found = [row for row in rows if (not row.misses) is is_eligible]
    return [row.employee_id for row in sorted(found, key=lambda row: -(row.total or 0))]


def test_the_board_sees_candidates_with_their_figures_and_the_reasons_of_the_others(filling: Quarter) -> None:
    load_board(filling.alur.engine, CITY, SYSTEM)  # again: nothing changes

    page = filling.browser("verifier").get(address(filling))
    others = filling.browser("verifier").get(f"{address(filling)}?tampil=belum")

    assert "Anggota tim menelaah" in words(page)
    assert re.search(r"Kinerja ?60% ?Kompetensi ?40%", words(page))
    assert len(page.tree.xpath("//tbody/tr")) == len(considered(filling, is_eligible=True))
    assert "Masa di jenjang sebelumnya belum cukup" in words(others)


def test_a_candidate_sees_his_own_figures_and_nobody_elses(filling: Quarter) -> None:
    best, second, *_more = considered(filling, is_eligible=True)
    own = filling.browser(second).get(address(filling))
    missing = filling.browser(considered(filling, is_eligible=False)[0]).get(address(filling))

    assert "Nilai peringkat" in words(own)
    assert "tingkat yang diminta" in words(own)
    assert not own.tree.xpath("//table")
    assert "Kepala Subbagian Perencanaan" in words(filling.browser(best).get("/karier"))
    assert "belum memenuhi syarat" in words(missing)
    assert filling.browser("official").get(address(filling)).status == 200
    assert filling.browser("appraiser").get(address(filling)).status == 404


def test_another_than_the_first_is_chosen_with_a_reason_that_candidates_read(filling: Quarter) -> None:
    for unit in ("BAPPEDA", "DINKES"):
        does(filling, seat(filling, unit), "review", answer="agrees")
    minutes = {"number": "BA-1", "held_on": OPENS, "summary": "Tiga calon."}
    does(filling, filling.people["verifier"], "keep_minutes", outcome="propose", **minutes)
    head, (_best, second, *_more) = seat(filling, "SETDA", "assistant1"), considered(filling, is_eligible=True)
    task = claimed(filling, head)

    assert "Peringkat 1: " in words(filling.browser(head).get(task))
    answers = {"outcome": "choose", "candidate": str(second)}
    refused = filling.browser(head).post(task, answers)
    accepted = filling.browser(head).post(task, {**answers, "reason": REASON})

    assert (refused.status, accepted.status) == (422, 303)
    assert "paling sedikit satu kalimat" in words(refused)
    approval = {"outcome": "approved", "number": "PT-1", "approved_on": OPENS}
    does(filling, filling.people["verifier"], "await_approval", **approval)
    own = filling.browser(considered(filling, is_eligible=True)[0]).get(address(filling))
    assert REASON in words(own)
    assert REASON in words(filling.browser("verifier").get(address(filling)))


def does(quarter: Quarter, person: int, element: str, **answers: Any) -> None:
    """Let somebody complete the task at an element, out of the queue if it is there."""
    engine, actor = quarter.alur.engine, quarter.actor(person)
    rows = (*engine.read(my_tasks, actor).rows, *engine.read(group_tasks, actor).rows)
    row = next(row for row in rows if row.element == element)
    if not row.is_mine:
        engine.run(ClaimTask(row.case_id, row.token), actor)
    engine.run(CompleteTask(row.case_id, row.token, answers), actor)
    run_until_idle(quarter.alur.jobs)


def claimed(quarter: Quarter, person: int) -> str:
    """Let somebody take the decision out of the queue, and return its page."""
    engine, actor = quarter.alur.engine, quarter.actor(person)
    row = next(row for row in engine.read(group_tasks, actor).rows if row.element == "decide")
    engine.run(ClaimTask(row.case_id, row.token), actor)
    return f"/tugas/{row.case_id}/{row.token}"


def test_a_vacant_post_offers_to_begin_and_the_weights_come_first(filling: Quarter) -> None:
    number = filling.alur.engine.new_id()
    with filling.alur.database.writing() as connection:
        unit = connection.execute(post.select().where(post.c.code == "DISDUKCAPIL.KASUBBAG-2")).one().unit_id
        row = {"id": number, "tenant": CITY, "code": "X", "name": "Kepala Seksi Data", "unit_id": unit}
        connection.execute(post.insert(), {**row, "level": "supervisor", "family": "general"})
    browser = filling.browser("verifier")

    assert "Buka pengisian" in words(browser.get(f"/jabatan/{number}"))
    begun = browser.post(f"/jabatan/{number}/pengisian", {})

    assert begun.status == 303
    shown = words(browser.get("/pengisian-jabatan"))
    assert "Kepala Seksi Data" in shown
    assert "Menunggu bobot dari BKPSDM" in shown
    assert "Lihat pengisian" in words(browser.get(f"/jabatan/{number}"))
    assert browser.post(f"/jabatan/{number}/pengisian", {}).status == 409


def test_decrees_of_appointment_go_to_siasn_once_somebody_was_inaugurated(quarter: Quarter) -> None:
    with quarter.alur.database.reading() as read:
        key = read.execute(post.select().where(post.c.tenant == CITY, post.c.code == "DISDIK.KABID-1")).one().id
    common = {"tenant": CITY, "year": 2026, "employee_id": quarter.people["employee"], "post_id": key, "kind": "board"}
    days = {"decreed_on": OPENS, "effective_on": OPENS, "issued_at": quarter.alur.clock()}
    held = {"inaugurated_on": OPENS, "holds_from": OPENS}
    with quarter.alur.database.writing() as connection:
        connection.execute(post_decree.insert(), {"case_id": 1, "number": 1, **common, **days, **held})
        connection.execute(post_decree.insert(), {"case_id": 2, "number": 2, **common, **days})

    file: Any = quarter.browser("verifier").get("/pengisian-jabatan/sk/2026/siasn.csv")

    assert "821.2/0002/2026" in words(quarter.browser("verifier").get("/pengisian-jabatan/sk"))
    (row,) = csv.DictReader(StringIO(file.response.text))
    assert (row["nomorSk"], row["tmtPelantikan"], row["jenisJabatan"]) == ("821.2/0001/2026", "01-10-2026", "1")


def test_the_pages_speak_english_too(filling: Quarter) -> None:
    browser = filling.browser("verifier")
    page = address(filling)
    browser.post("/bahasa", {"language": "en"})

    assert "The board is reviewing" in words(browser.get(page))
    assert "Decrees of appointment" in words(browser.get("/pengisian-jabatan/sk"))
