"""Looking ahead at a design: the cases of a quarter run again, and what was never measured is asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.calendar import WorkCalendar
from engine.commands.begin_design import BeginDesign
from engine.commands.deploy_release import DeployRelease
from engine.commands.save_design import SaveDesign
from engine.designs.finding import content_mark, find_design
from engine.folding import fold_city
from engine.jobs import run_until_idle
from engine.jobs.tables import jobs
from engine.policy.actor import system_actor
from engine.records import design as records
from engine.records.design import DesignStatus
from engine.records.foresight import foresight
from engine.records.packing import pack
from processes.incentive.queries.absences import share_not_attended
from processes.incentive.records import attendance
from processes.people.queries.absences import share_on_leave
from processes.people.records import leave
from tests.functional.quarter_world import CITY, Quarter, open_quarter_world
from tests.functional.staff_pages import Page
from webapp.studio.reading import with_scenarios
from webapp.wiring import shipped_releases

PROCESS = "periodic_evaluation"


@pytest.fixture(name="looked", scope="module")
def the_quarter_looked_at(tmp_path_factory: pytest.TempPathFactory, opened_city: Path) -> Iterator[Quarter]:
    """A quarter whose steps are taken in, with a design like the release in force, and one of a new process."""
    with open_quarter_world(tmp_path_factory.mktemp("looked"), opened_city) as quarter:
        quarter.until_recommended(quarter.people["employee"])
        assert fold_city(quarter.alur.engine, CITY)
        yield quarter


def begin(quarter: Quarter, process: str = PROCESS, **renamed: str) -> int:
    files = dict(with_scenarios(process, shipped_releases()[process]))
    for old, new in renamed.items():
        files[f"{process}.bpmn"] = files[f"{process}.bpmn"].replace(old.encode(), new.encode())
    number: int = quarter.alur.engine.run(BeginDesign(files), system_actor(CITY)).value
    return number


def look(quarter: Quarter, design: int, query: str = "", who: str = "owner") -> Page:
    return quarter.browser(who).get(f"/studio/rancangan/{design}/perkiraan{query}")


def filled_in(page: Page, **other: str) -> dict[str, str]:
    """Return what the form of a page would send."""
    return {**page.values("foresight-form"), **other}


def found(quarter: Quarter, design: int, who: str = "owner", **other: str) -> Page:
    """Ask with what is proposed and some other answers, let the worker work, and open what was found."""
    browser, address = quarter.browser(who), f"/studio/rancangan/{design}/perkiraan"
    asked = browser.post(address, filled_in(look(quarter, design), **other))
    assert asked.status == 303
    run_until_idle(quarter.alur.jobs)
    return browser.get(asked.response.location)


def rename(quarter: Quarter, design: int, old: bytes, new: bytes) -> None:
    """Save a design with something named otherwise."""
    with quarter.alur.database.reading() as read:
        seen = find_design(read, CITY, design)
    name, content = seen.diagram_name, seen.diagram.replace(old, new)
    save = SaveDesign(design, {name: content}, {name: content_mark(seen.diagram)})
    quarter.alur.engine.run(save, system_actor(CITY))


def close(quarter: Quarter, design: int) -> None:
    """Let a design be a release."""
    with quarter.alur.database.writing() as connection:
        of_it = records.design.c.id == design
        connection.execute(records.design.update().where(of_it).values(status=DesignStatus.RELEASED))


def sentences(page: Page) -> str:
    return " ".join(page.tree.xpath("string(//section[@aria-labelledby='result-title'])").split())


def test_the_same_design_changes_nothing_and_says_so(looked: Quarter) -> None:
    design = begin(looked)

    done = found(looked, design, masa_ulangan="1")

    assert done.status == 200
    assert "Tidak ada perbedaan yang jelas" in sentences(done)
    assert "Belum dapat dibandingkan" in sentences(done)  # no case has ended
    assert "1 ulangan, nomor undian 1" in done.text
    assert "(323)" in done.text
    assert len(done.tree.xpath("//section[@aria-labelledby='steps-title']//tbody/tr")) > 5


def test_what_few_people_did_is_asked_and_not_told(looked: Quarter) -> None:
    page = look(looked, begin(looked))

    assert page.tree.xpath("//input[@name='lama_record_realisation']")  # one person did it
    assert not page.tree.xpath("//input[@name='masa_kasus']")  # that cases began is known
    assert not page.tree.xpath("//h2[@id='kept-title']")  # nothing was asked of it before


def test_a_new_process_is_simulated_with_suppositions_alone(looked: Quarter) -> None:
    new = begin(looked, "training_nomination")
    people = look(looked, new).tree.xpath("string(//input[starts-with(@name, 'orang_')]/@name)")

    done = found(looked, new, masa_ulangan="1", masa_kasus="20", **{people: "1"})

    assert "separuh kasus selesai dalam" in sentences(done)
    assert "belum pernah berjalan" in sentences(done)
    assert done.tree.xpath("//section[@aria-labelledby='roles-title']//tbody/tr")
    assert "diperkirakan" in done.text


def test_a_step_under_a_new_id_is_known_again_unless_its_owner_says_otherwise(looked: Quarter) -> None:
    design = begin(looked, assess_behaviour="judge_conduct")
    asked = look(looked, design)

    known = found(looked, design, masa_ulangan="1")
    new = found(looked, design, masa_ulangan="1", sama_judge_conduct="-")

    steps = "string(//section[@aria-labelledby='steps-title'])"
    assert asked.tree.xpath("//select[@name='sama_judge_conduct']/option[@selected]/@value") == ["assess_behaviour"]
    assert "dahulu “" in known.tree.xpath(steps)
    assert "dahulu “" not in new.tree.xpath(steps)


def test_people_and_how_much_they_are_away_are_proposed_from_the_records(looked: Quarter) -> None:
    page = look(looked, begin(looked))

    people, away = (page.tree.xpath(f"//input[starts-with(@name, '{name}_')]/@value") for name in ("orang", "orang3"))
    assert int(people[0]) > 300  # everybody who was asked for a realisation
    assert away and away[0]


def test_who_is_on_leave_or_not_at_work_is_away(looked: Quarter) -> None:
    person, calendar = looked.people["employee"], WorkCalendar("test", frozenset(), 5)
    week = date(2027, 3, 1), date(2027, 3, 5)
    away = {"tenant": CITY, "employee_id": person}
    with looked.alur.database.writing() as connection:
        days = {"first_day": week[0], "last_day": week[0] + timedelta(days=1)}
        connection.execute(leave.insert(), {**away, **days, "id": 1, "kind": "tahunan"})
        flags = dict.fromkeys(("no_check_in", "no_check_out", "assembly_missed"), False)
        for number, kind in enumerate(("hadir", "sakit", "dinas_luar", "hadir", "libur")):
            row = {**away, **flags, "day": week[0] + timedelta(days=number), "kind": kind, "late": 0, "early": 0}
            connection.execute(attendance.insert(), {**row, "source": "test"})

    with looked.alur.database.reading() as read:
        assert share_on_leave(read, CITY, {person}, calendar, week) == 2 / 5
        assert share_not_attended(read, CITY, {person}, week) == 1 / 4
        assert share_not_attended(read, CITY, {person}, (date(2027, 4, 1), date(2027, 4, 2))) is None
        assert share_not_attended(read, CITY, {person}, (date(2027, 3, 2), date(2027, 3, 2))) is None


def test_what_cannot_be_a_number_is_said_at_its_field(looked: Quarter) -> None:
    design = begin(looked)

    sent = filled_in(look(looked, design), masa_ulangan="banyak")
    page = looked.browser("owner").post(f"/studio/rancangan/{design}/perkiraan", sent)

    assert page.status == 422
    assert page.tree.xpath("//*[@data-error-summary]//a[@href='#masa_ulangan']")


def test_whoever_does_not_own_the_process_is_shown_no_figures(looked: Quarter) -> None:
    design = begin(looked)

    assert look(looked, design, who="verifier").status == 404


def test_a_page_waits_for_its_answer_and_shows_it_without_scripts(looked: Quarter) -> None:
    design, owner = begin(looked), looked.browser("owner")
    address = f"/studio/rancangan/{design}/perkiraan"
    sent = filled_in(look(looked, design), masa_ulangan="1", masa_benih="4")

    place = owner.post(address, sent).response.location
    waiting, piece = owner.get(place), owner.get(place, **{"HX-Request": "true"})
    run_until_idle(looked.alur.jobs)
    done = owner.get(place)

    assert "Perkiraan sedang dihitung" in waiting.text
    assert "Nomor undian4" in waiting.tree.xpath("string(//dl)")
    assert "Pegawai323 orang" in waiting.tree.xpath("string(//dl)")
    again = waiting.tree.xpath("string(//noscript//meta[@http-equiv='refresh']/@content)")
    assert again == f"5; url={place}?otomatis=1"
    assert waiting.tree.xpath("//div[@id='perkiraan']/@data-poll")  # nobody is kept signed in by it
    assert piece.status == 204  # nothing is new: nobody is told anything
    assert "Hasil perkiraan" in done.text
    assert not done.tree.xpath("//meta[@http-equiv='refresh'] | //*[@hx-trigger]")
    assert done.values("foresight-form")["masa_benih"] == "4"
    assert owner.post(address, sent).response.location == place  # what is known is not worked out again
    assert look(looked, design).links(place)


def test_a_change_of_the_design_is_told_beside_what_was_found_before(looked: Quarter) -> None:
    design = begin(looked)
    done = found(looked, design, masa_ulangan="1")
    assert "sudah berubah" not in done.text

    rename(looked, design, b"assess_behaviour", b"judge_conduct")

    outdated = looked.browser("owner").get(done.response.request.path)
    assert "Rancangan sudah berubah sejak perkiraan ini" in outdated.text
    assert "dahulu “" not in outdated.tree.xpath("string(//section[@aria-labelledby='steps-title'])")


def test_another_release_in_force_is_told_as_well(looked: Quarter) -> None:
    design = begin(looked, "award")
    done = found(looked, design, masa_ulangan="1", masa_kasus="5")
    files = shipped_releases()["award"]

    looked.alur.engine.run(DeployRelease(files, looked.alur.catalogue), system_actor(CITY))

    told = looked.browser("owner").get(done.response.request.path).text
    assert "Rilis yang berlaku sudah berganti sejak perkiraan ini" in told


def test_what_another_version_found_is_said_to_be_and_may_be_asked_again(looked: Quarter) -> None:
    design = begin(looked)
    done = found(looked, design, masa_ulangan="1", masa_benih="6")
    with looked.alur.database.writing() as connection:
        of_it = foresight.c.design_id == design
        connection.execute(foresight.update().where(of_it).values(found=pack("{}"), question=pack("{}")))

    old = looked.browser("owner").get(done.response.request.path)

    assert "Perkiraan ini dari versi Alur yang lain" in old.text
    assert old.values("foresight-form")["masa_benih"] == "6"
    assert look(looked, design).links(done.response.request.path)


def test_a_closed_design_shows_what_was_found_and_computes_nothing_more(looked: Quarter) -> None:
    design, owner = begin(looked), looked.browser("owner")
    sent = filled_in(look(looked, design), masa_ulangan="1")
    place = owner.post(f"/studio/rancangan/{design}/perkiraan", sent).response.location
    close(looked, design)
    run_until_idle(looked.alur.jobs)

    assert "Tidak dihitung, karena rancangan ini sudah dirilis" in owner.get(place).text
    assert not look(looked, design).tree.xpath("//form[@id='foresight-form']")
    assert owner.post(f"/studio/rancangan/{design}/perkiraan", sent).response.location.endswith("/perkiraan")


def test_what_was_given_up_says_so_and_may_be_begun_again(looked: Quarter) -> None:
    design, owner = begin(looked), looked.browser("owner")
    address = f"/studio/rancangan/{design}/perkiraan"
    sent = filled_in(look(looked, design), masa_ulangan="1")
    place = owner.post(address, sent).response.location
    with looked.alur.database.writing() as connection:
        connection.execute(jobs.update().where(jobs.c.status == "todo").values(status="failed"))

    assert "terhenti sebelum selesai" in owner.get(place).text
    assert owner.post(address, sent).response.location == place
    run_until_idle(looked.alur.jobs)

    assert "Hasil perkiraan" in owner.get(place).text


def test_an_answer_is_found_at_its_own_design_only(looked: Quarter) -> None:
    design, other = begin(looked), begin(looked)
    done = found(looked, design, masa_ulangan="1").response.request.path

    assert looked.browser("owner").get(done.replace(str(design), str(other))).status == 404
    assert looked.browser("verifier").get(done).status == 404
