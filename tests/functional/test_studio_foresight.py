"""Looking ahead at a design: the cases of a quarter run again, and what was never measured is asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.calendar import WorkCalendar
from engine.commands.begin_design import BeginDesign
from engine.folding import fold_city
from engine.policy.actor import system_actor
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


def filled_in(page: Page, **other: str) -> str:
    """Return the address that the form of a page leads to."""
    form = page.tree.xpath("//form[input[@name='hitung']]")[0]
    values = {field.get("name"): field.get("value", "") for field in form.xpath(".//input[@name]")}
    values |= {list_.get("name"): list_.xpath("string(option[@selected]/@value)") for list_ in form.xpath(".//select")}
    values |= other
    return "?" + "&".join(f"{name}={value.replace(' ', '+')}" for name, value in values.items())


def sentences(page: Page) -> str:
    return " ".join(page.tree.xpath("string(//section[@aria-labelledby='result-title'])").split())


def test_the_same_design_changes_nothing_and_says_so(looked: Quarter) -> None:
    design = begin(looked)

    done = look(looked, design, filled_in(look(looked, design), masa_ulangan="1"))

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
    assert "hitung=1" not in page.text


def test_a_new_process_is_simulated_with_suppositions_alone(looked: Quarter) -> None:
    new = begin(looked, "training_nomination")
    asked = look(looked, new)

    done = look(looked, new, filled_in(asked, masa_ulangan="1", masa_kasus="20", orang_0="1"))

    assert "separuh kasus selesai dalam" in sentences(done)
    assert "belum pernah berjalan" in sentences(done)
    assert done.tree.xpath("//section[@aria-labelledby='roles-title']//tbody/tr")
    assert "diperkirakan" in done.text


def test_a_step_under_a_new_id_is_known_again_unless_its_owner_says_otherwise(looked: Quarter) -> None:
    design = begin(looked, assess_behaviour="judge_conduct")
    asked = look(looked, design)

    known = look(looked, design, filled_in(asked, masa_ulangan="1"))
    new = look(looked, design, filled_in(asked, masa_ulangan="1", sama_judge_conduct="-"))

    steps = "string(//section[@aria-labelledby='steps-title'])"
    assert asked.tree.xpath("//select[@name='sama_judge_conduct']/option[@selected]/@value") == ["assess_behaviour"]
    assert "dahulu “" in known.tree.xpath(steps)
    assert "dahulu “" not in new.tree.xpath(steps)


def test_people_and_how_much_they_are_away_are_proposed_from_the_records(looked: Quarter) -> None:
    page = look(looked, begin(looked))

    people, away = (page.tree.xpath(f"//input[@name='{name}_0']/@value") for name in ("orang", "orang3"))
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

    page = look(looked, design, filled_in(look(looked, design), masa_ulangan="banyak"))

    assert page.status == 422
    assert page.tree.xpath("//*[@data-error-summary]//a[@href='#masa_ulangan']")


def test_whoever_does_not_own_the_process_is_shown_no_figures(looked: Quarter) -> None:
    design = begin(looked)

    assert look(looked, design, who="verifier").status == 404
