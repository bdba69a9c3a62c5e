"""The pages of training: the catalogue, a plan, the need, a ranking on the task page, a letter, fairness."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands.claim_task import ClaimTask
from engine.commands.deploy_release import DeployRelease
from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.records.case import open_task
from engine.worker import sweep_timers
from processes.people.careers import competency_level
from processes.training.commands.nominate import Nominate
from processes.training.commands.plan_goal import AddGoal
from processes.training.definitions import PROCESSES, release_files
from processes.training.eligibility import Eligibility
from processes.training.jobs import open_training_sessions
from processes.training.queries.catalogue import Session, coming_sessions
from processes.training.queries.nominations import nominations_of
from processes.training.records import NominationStatus
from tests.functional.quarter_world import CITY, OPENS, the_city, the_quarter, the_template
from tests.functional.quarter_world import Quarter as World
from webapp.demo.training import SYSTEM_COURSE
from webapp.training.eligibility_words import eligibility_lines, refusal_words

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_city, the_quarter, the_template)
PUBLIC_SERVICE = "PEL-01"
RATINGS = {"work": "DIBAWAH_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI", "work_note": "Rencana belum tercapai"}


@pytest.fixture
def school(city: World) -> World:
    """The demonstration city with the diagrams of training."""
    for process in PROCESSES:
        city.alur.engine.run(DeployRelease(release_files(process), city.alur.catalogue), system_actor(CITY))
    open_training_sessions(city.alur.engine, CITY)
    return city


def session_of(world: World, course: str) -> Session:
    with world.alur.database.reading() as read:
        return next(item for item in coming_sessions(read, CITY, OPENS) if item.course == course)


def status_of(world: World, person: int) -> NominationStatus:
    with world.alur.database.reading() as read:
        return nominations_of(read, CITY, [person])[0].status


def pass_time(world: World, until: date) -> None:
    """Let the days go by, timer by timer."""
    while world.clock[0].date() < until:
        world.clock[0] += timedelta(days=1)
        sweep_timers(world.alur.engine)
        run_until_idle(world.alur.jobs)


def lacks(world: World, person: int, *, competency: str = "MAN-5", level: int = 1) -> None:
    """Let somebody have been found to lack a competency."""
    row = {"tenant": CITY, "employee_id": person, "competency": competency, "assessed_on": OPENS, "level": level}
    with world.alur.database.writing() as connection:
        connection.execute(competency_level.insert(), {**row, "source": "Asesmen (data uji)"})


def test_the_catalogue_lists_the_sessions_and_one_field_of_them(school: World) -> None:
    page = school.browser("employee").get("/pelatihan")
    one = school.browser("employee").get("/pelatihan?bidang=Administrasi")

    assert {"Pemakaian Alur bagi semua pegawai", "Tata naskah dinas dan kearsipan"} <= set(names(page))
    assert names(one) == ["Tata naskah dinas dan kearsipan"]


def names(page: Any) -> list[str]:
    found = page.tree.xpath("//section[@aria-labelledby='coming-title']//th[@scope='row']/a")
    return [link.text_content().strip() for link in found]


def test_everybody_nominates_himself_for_the_course_on_the_system(school: World) -> None:
    session = session_of(school, SYSTEM_COURSE)
    browser = school.browser("employee")

    browser.post(f"/pelatihan/sesi/{session.id}", {})

    page = browser.get(f"/pelatihan/sesi/{session.id}")
    assert "Menunggu persetujuan" in page.text
    assert status_of(school, school.people["employee"]) is NominationStatus.PROPOSED


def test_whoever_has_no_gap_is_told_why_he_is_not_eligible(school: World) -> None:
    session = session_of(school, "TRT-01")
    lacks(school, school.people["employee"], competency="MAN-3", level=5)

    school.browser("employee").post(f"/pelatihan/sesi/{session.id}", {})

    page = school.browser("employee").get("/pengembangan")
    assert "Tidak ada kesenjangan tercatat untuk pelatihan ini." in page.text


def test_whoever_has_no_gap_reads_so_before_and_is_offered_no_nomination(school: World) -> None:
    session, browser = session_of(school, "TRT-01"), school.browser("employee")

    page = browser.get(f"/pelatihan/sesi/{session.id}")

    assert "Anda belum dapat mengusulkan diri" in page.text
    assert "Atasan dapat mengusulkannya" in page.text
    assert not page.tree.xpath("//button[contains(., 'Usulkan saya')]")


def test_whoever_lacks_what_a_course_teaches_reads_so_and_may_nominate_himself(school: World) -> None:
    session = session_of(school, PUBLIC_SERVICE)
    lacks(school, school.people["employee"])

    page = school.browser("employee").get(f"/pelatihan/sesi/{session.id}")

    assert page.tree.xpath("//button[contains(., 'Usulkan saya')]")
    assert "Pelayanan publik: kurang" in page.text


def test_each_fact_that_stands_against_a_nomination_is_marked() -> None:
    facts = {"gap": 0, "need": "open", "has_taken": True, "is_over_hours": True, "is_for_all": False, "hours": 23}
    refused = Eligibility({**facts, "has_gap": False}, False, "taken")

    lines = eligibility_lines(refused, "")

    assert [line.is_missed for line in lines] == [True, True, True]
    assert not any(line.is_missed for line in eligibility_lines(replace(refused, is_eligible=True), ""))
    assert "sudah diikuti tahun ini" in refusal_words(refused)
    assert refusal_words(replace(refused, reason="Kuota kota")) == "Kuota kota"


def test_a_gap_shows_on_the_plan_with_the_course_that_closes_it(school: World) -> None:
    lacks(school, school.people["employee"])

    page = school.browser("employee").get("/pengembangan")

    row = page.tree.xpath("string(//tr[th[normalize-space()='Pelayanan publik']])")
    assert "Tingkat 1, kurang 1" in row and "Pelayanan publik prima" in row


def test_a_superior_nominates_somebody_only_with_a_reason(school: World) -> None:
    person, session = school.people["employee"], session_of(school, "PEL-01")
    browser, address = school.browser("appraiser"), f"/pengembangan/{school.people['employee']}/usul"

    without = browser.post(address, {"session": str(session.id), "reason": ""})
    sent = browser.post(address, {"session": str(session.id), "reason": "Akan melayani di loket baru"})

    assert (without.status, sent.status) == (422, 303)
    assert "Tulis alasan usulan" in without.text
    assert status_of(school, person) is NominationStatus.PROPOSED


def test_a_goal_waits_for_the_superior_who_agrees_to_it(school: World) -> None:
    employee, appraiser = school.browser("employee"), school.browser("appraiser")
    plan = f"/pengembangan/{school.people['employee']}"
    employee.post(f"{plan}/sasaran", {"goal": "Menyusun kontrak sendiri", "due": "01/12/2026"})
    assert "Menunggu persetujuan atasan" in employee.get("/pengembangan").text

    appraiser.press(appraiser.get(plan), "Setujui: Menyusun kontrak sendiri")

    assert "Disetujui" in employee.get("/pengembangan").text


def test_a_goal_for_a_day_that_is_over_is_refused_at_its_field(school: World) -> None:
    employee, plan = school.browser("employee"), f"/pengembangan/{school.people['employee']}"

    refused = employee.post(f"{plan}/sasaran", {"goal": "Menyusun kontrak sendiri", "due": "31/12/2020"})

    assert refused.status == 422
    assert "Tanggal itu sudah lewat" in refused.text
    assert "Menyusun kontrak sendiri" not in employee.get("/pengembangan").text


def test_who_nominates_himself_is_told_of_no_duty_to_give_a_reason(school: World) -> None:
    plan = f"/pengembangan/{school.people['employee']}"

    own, led = school.browser("employee").get("/pengembangan"), school.browser("appraiser").get(plan)

    assert "Wajib diisi, paling sedikit 10 huruf" in led.text
    assert "Wajib diisi, paling sedikit 10 huruf" not in own.text


def test_the_plan_stands_beside_the_form_of_the_dialogue(quarter: World) -> None:
    employee, appraiser = quarter.people["employee"], quarter.people["appraiser"]
    quarter.alur.engine.run(AddGoal(employee, "Menyusun kontrak sendiri", OPENS), quarter.actor(employee))
    lacks(quarter, employee)
    quarter.until_recommended(employee)
    quarter.does(appraiser, "confirm_ratings", employee, **RATINGS)
    quarter.does(appraiser, "sign", employee, confirmed=True)

    (row,) = [one for one in quarter.tasks(appraiser) if one.element == "hand_over"]
    page = quarter.browser("appraiser").get(f"/tugas/{row.case_id}/{row.token}")

    assert "Menyusun kontrak sendiri" in page.text
    assert "Pelayanan publik, kurang 1 tingkat Pelatihan: Pelayanan publik prima" in page.text


def test_the_superior_finds_his_people_with_their_hours(school: World) -> None:
    page = school.browser("appraiser").get("/pengembangan")

    assert page.links(f"/pengembangan/{school.people['employee']}")


def test_bkpsdm_opens_a_session_and_sees_what_is_wrong_with_its_days(school: World) -> None:
    given = {"course": "PEL-01", "code": "PEL-BARU", "place": "Aula", "quota": "10", "seat_cost": "0"}
    wrong = {"enrol_until": "10/12/2026", "first_day": "01/12/2026", "last_day": "02/12/2026"}
    browser = school.browser("verifier")

    refused = browser.post("/pelatihan/sesi-baru", given | wrong)
    opened = browser.post("/pelatihan/sesi-baru", given | wrong | {"enrol_until": "10/11/2026"})

    assert (refused.status, opened.status) == (422, 303)
    assert "Tanggal sesi belum sesuai" in refused.text
    assert "PEL-BARU" in browser.get("/pelatihan/kebutuhan").text


@pytest.fixture
def ranked(school: World) -> World:
    """Two of the school's people wait for a seat, and BKPSDM has to choose."""
    session = session_of(school, "PEL-01")
    for who, level in (("employee", 1), ("unit_hr", 1)):
        lacks(school, school.people[who], level=level)
        person = school.people[who]
        school.alur.engine.run(Nominate(person, session.id), school.actor(person))
    pass_time(school, session.enrol_until + timedelta(days=15))
    return school


def choose_address(world: World) -> str:
    rows = world.alur.engine.read(queue_of, world.actor(world.people["verifier"]))
    row = next(row for row in rows if row.element == "choose")
    world.alur.engine.run(ClaimTask(row.case_id, row.token), world.actor(world.people["verifier"]))
    return f"/tugas/{row.case_id}/{row.token}"


def queue_of(read: Any, actor: Any) -> list[Any]:
    return list(read.execute(select(open_task).where(open_task.c.tenant == actor.tenant)))


def test_the_ranking_is_confirmed_on_the_task_page_and_becomes_a_letter(ranked: World) -> None:
    browser, address = ranked.browser("verifier"), choose_address(ranked)
    page = browser.get(address)
    assert "Benih undian" in page.text

    browser.send(address, page)
    run_until_idle(ranked.alur.jobs)

    assert status_of(ranked, ranked.people["employee"]) is NominationStatus.CHOSEN
    plan = ranked.browser("employee").get("/pengembangan")
    letter = ranked.browser("employee").get(plan.links("/surat-tugas/")[0])
    assert "Nomor: ST-000" in letter.text and "Pelayanan publik prima" in letter.text


def test_who_leaves_the_ranking_gives_a_reason(ranked: World) -> None:
    browser, address = ranked.browser("verifier"), choose_address(ranked)
    values = {**browser.get(address).values(), "rows-0-seat": "list"}

    refused = browser.post(address, values)
    sent = browser.post(address, {**values, "reason": "Bertugas di luar kota pada hari itu"})

    assert (refused.status, sent.status) == (422, 303)
    assert "Pilihan Anda berbeda dari peringkat" in refused.text


def test_the_session_page_unfolds_each_score_for_those_who_run_the_training(ranked: World) -> None:
    browser, address = ranked.browser("verifier"), choose_address(ranked)
    browser.send(address, browser.get(address))
    run_until_idle(ranked.alur.jobs)
    session = session_of(ranked, "PEL-01")

    seen = browser.get(f"/pelatihan/sesi/{session.id}").text
    hidden = ranked.browser("employee").get(f"/pelatihan/sesi/{session.id}").text

    assert "Kesenjangan kompetensi: 1 dari 4" in seen and "Putaran 1" in seen
    assert "Putaran 1" not in hidden


def test_the_need_names_what_people_lack_and_the_courses_that_answer_it(school: World) -> None:
    page = school.browser("verifier").get("/pelatihan/kebutuhan")

    row = page.tree.xpath("string(//tr[th[normalize-space()='Pelayanan publik']])")
    assert "Pelayanan publik prima" in row


def test_fairness_leaves_out_groups_of_fewer_than_five(school: World) -> None:
    page = school.browser("verifier").get("/pelatihan/keadilan")

    cells = page.tree.xpath("//section[@aria-labelledby='by-unit']//td[@data-label='Pegawai']")
    counts = [cell.text_content().strip() for cell in cells]
    assert counts and all(not text.isdigit() or int(text) >= 5 for text in counts)
