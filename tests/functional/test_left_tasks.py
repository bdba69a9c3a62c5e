"""A task whose person has left is shown to those who look after cases, and handed to somebody else there."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from engine.commands.deploy_release import DeployRelease
from engine.commands.start_case import NewCase, StartCases
from engine.policy.actor import system_actor
from processes.people.queries import find_employee
from processes.people.records import employee
from tests.functional.quarter_world import CITY, Quarter, the_quarter, the_template
from tests.functional.staff_pages import Page
from tests.unit.engine.diagrams import diagram, end, path, start, user

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

LEFT, NEXT = "colleague", "appraiser"
WHY = "Yang bersangkutan sudah pensiun"


@pytest.fixture
def case_id(quarter: Quarter, tmp_path: Path) -> int:
    """A case of another process than the appraisal, whose task waits for somebody who has left since."""
    if LEFT not in quarter.people:
        quarter.people[LEFT] = next(iter(set(quarter.team_of(quarter.rater_of(quarter.people["employee"])))))
    task = (
        user("check", str(quarter.people[LEFT]))
        .replace('name="check"', 'name="Periksa berkas"')
        .replace("any", "appraisal.respond")
    )
    drawn = diagram(tmp_path, start(), task, end(), path("begin", "check", "done"))
    engine = quarter.alur.engine
    engine.run(DeployRelease({drawn.name: drawn.read_bytes()}, quarter.alur.catalogue), system_actor(CITY))
    (case,) = engine.run(StartCases("test", (NewCase("1", 1, "Berkas 1"),)), system_actor(CITY)).value
    let_leave(quarter, LEFT)
    return int(case)


def let_leave(quarter: Quarter, who: str) -> None:
    gone = update(employee).where(employee.c.id == quarter.people[who]).values(active_to=date(2026, 9, 30))
    with quarter.alur.database.writing() as connection:
        connection.execute(gone)


def nip_of(quarter: Quarter, who: str) -> str:
    with quarter.alur.database.reading() as read:
        return find_employee(read, CITY, quarter.people[who]).nip


def hand_over(quarter: Quarter, case_id: int, nip: str, who: str = "verifier") -> Page:
    """Send the form on the page of the case."""
    browser = quarter.browser(who)
    (place,) = browser.get(f"/kasus/{case_id}/operasi").tree.xpath("//form[contains(@action, '/serahkan')]/@action")
    token = place.split("/")[-2]
    return browser.post(place.removeprefix(f"/{CITY}"), {f"t{token}-nip": nip, f"t{token}-reason": WHY})


def test_the_operators_see_the_task_and_hand_it_over(quarter: Quarter, case_id: int) -> None:
    verifier = quarter.browser("verifier")
    listed = verifier.get("/operasi")
    assert "Tugas tanpa orang" in listed.text and "Berkas 1" in listed.text

    answer = hand_over(quarter, case_id, nip_of(quarter, NEXT))

    assert answer.status == 303
    assert "Tugas diserahkan. Orangnya diberi tahu." in verifier.get(f"/kasus/{case_id}/operasi").text
    assert "Tugas tanpa orang" not in verifier.get("/operasi").text
    assert case_id in [row.case_id for row in quarter.tasks(quarter.people[NEXT])]


def test_who_handed_it_to_whom_and_why_is_in_the_story(quarter: Quarter, case_id: int) -> None:
    hand_over(quarter, case_id, nip_of(quarter, NEXT))

    story = quarter.browser("verifier").get(f"/kasus/{case_id}").text

    assert "Tugas dialihkan: Periksa berkas" in story
    assert WHY in story


@pytest.mark.parametrize(
    ("nip", "said"),
    [
        ("", "wajib"),
        ("199001012020121001", "Tidak ada pegawai dengan NIP ini di kota ini."),
        (LEFT, "Orang itu sudah berhenti."),
    ],
)
def test_a_number_of_nobody_and_of_somebody_who_has_left_is_explained(
    quarter: Quarter, case_id: int, nip: str, said: str
) -> None:
    answer = hand_over(quarter, case_id, nip_of(quarter, nip) if nip in quarter.people else nip)

    assert answer.status == 422
    assert said in answer.text
    assert WHY in answer.text  # nothing is typed twice


def test_what_was_handed_over_meanwhile_is_not_found(quarter: Quarter, case_id: int) -> None:
    page = quarter.browser("verifier").get(f"/kasus/{case_id}/operasi")
    (place,) = page.tree.xpath("//form[contains(@action, '/serahkan')]/@action")
    hand_over(quarter, case_id, nip_of(quarter, NEXT))

    assert quarter.browser("verifier").post(place.removeprefix(f"/{CITY}"), {}).status == 404


def test_a_task_of_an_appraisal_is_not_handed_over_by_hand(quarter: Quarter) -> None:
    let_leave(quarter, "employee")
    place = f"/kasus/{quarter.case_of(quarter.people['employee'])}/operasi"

    page = quarter.browser("verifier").get(place)

    assert "Penilaian mengikuti pejabat penilai dan kepala unit setiap malam" in page.text
    assert "/serahkan" not in page.text
    assert "Tugas tanpa orang" not in quarter.browser("verifier").get("/operasi").text
