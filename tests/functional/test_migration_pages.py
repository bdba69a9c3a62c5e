"""Whoever looks after the processes moves running cases to another release from a page: looked at first, and back."""

import pytest

from engine.commands.begin_migration import BeginMigration
from engine.commands.deploy_release import DeployRelease
from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.queries.migration import find_releases
from engine.records.migration import migration
from processes.appraisal.definitions import catalogue, release_files
from processes.appraisal.variables import EMPLOYEE_PROCESS
from tests.functional.quarter_world import CITY, Quarter, the_quarter, the_template
from tests.functional.staff_pages import Browser, Page

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

SYSTEM = system_actor(CITY)
OLD, NEW = "record_realisation", "enter_realisation"
MOVES = "/operasi/pindah-rilis"


@pytest.fixture
def revised(quarter: Quarter) -> Quarter:
    """A quarter whose employees enter what they have done, with a release in which that step has another id."""
    files = dict(release_files(EMPLOYEE_PROCESS))
    name = next(name for name in files if name.endswith(".bpmn"))
    for old, new in ((f'"{OLD}"', f'"{NEW}"'), (f">{OLD}<", f">{NEW}<")):
        files[name] = files[name].replace(old.encode(), new.encode())
    quarter.alur.engine.run(DeployRelease(files, catalogue()), SYSTEM)
    return quarter


def chosen(quarter: Quarter) -> dict[str, str]:
    names = f"{EMPLOYEE_PROCESS}:1", f"{EMPLOYEE_PROCESS}:2"
    old, new = quarter.alur.engine.read(find_releases, SYSTEM, *names)
    return {"lama": str(old.id), "baru": str(new.id)}


def mapping_page(quarter: Quarter, browser: Browser) -> Page:
    values = chosen(quarter)
    return browser.get(f"{MOVES}?lama={values['lama']}&baru={values['baru']}")


def looked_at(quarter: Quarter, browser: Browser, **said: str) -> Page:
    """Fill in what stands for the step that is gone, have the cases looked at, and open what was found."""
    page = mapping_page(quarter, browser)
    answer = browser.post(MOVES, {**page.values("mapping-form"), **said})
    assert answer.status == 303
    run_until_idle(quarter.alur.jobs)
    return browser.get(str(answer.response.location))


def gone_field(page: Page) -> str:
    """Return the name of the list in which somebody says what stands for the step that is gone."""
    return str(page.tree.xpath("//section[@aria-labelledby='open-title']//select/@name")[0])


def moved(quarter: Quarter, browser: Browser) -> str:
    """Move the cases and return the address of the run."""
    name = gone_field(mapping_page(quarter, browser))
    found = looked_at(quarter, browser, **{name: NEW})
    (button,) = found.tree.xpath("//form[@id='start-form']//button")
    answer = browser.press(found, button.text_content().strip())
    run_until_idle(quarter.alur.jobs)
    return str(answer.response.location)


def elements(quarter: Quarter) -> set[str]:
    return {row.element for row in quarter.tasks(quarter.people["employee"])}


def test_the_steps_that_need_an_answer_come_first(revised: Quarter) -> None:
    page = mapping_page(revised, revised.browser("owner"))

    assert "Perlu Anda tentukan" in page.text
    labels = page.tree.xpath("//section[@aria-labelledby='open-title']//label/text()")
    assert len(labels) == 2 and "tugas" in labels[0]
    assert "Tidak ada lagi di rilis baru." in page.text


def test_a_look_beforehand_says_why_cases_stay_and_moves_none(revised: Quarter) -> None:
    page = looked_at(revised, revised.browser("owner"))

    assert "tidak ada di rilis baru. Tentukan penggantinya" in page.text
    assert not page.tree.xpath("//form[@id='start-form']//button")
    assert OLD in elements(revised)


def test_while_it_is_looked_at_the_page_says_so(revised: Quarter) -> None:
    browser = revised.browser("owner")
    page = mapping_page(revised, browser)

    answer = browser.post(MOVES, page.values("mapping-form"))

    found = browser.get(str(answer.response.location))
    assert "Sedang diperiksa, belum ada yang dipindahkan." in found.text
    assert not found.tree.xpath("//form[@id='start-form']//button")


def test_cases_are_moved_in_the_background_and_taken_back(revised: Quarter) -> None:
    browser = revised.browser("owner")

    run = moved(revised, browser)

    page = browser.get(run)
    assert "selesai" in page.text and "disesuaikan" in page.text
    assert NEW in elements(revised)
    asked = browser.get(f"{run}/kembalikan")
    assert asked.title.startswith("Kembalikan ")
    browser.press(asked, "Kembalikan")
    assert "Kasus sedang dikembalikan." in browser.get(run).text
    run_until_idle(revised.alur.jobs)
    assert "dikembalikan" in browser.get(run).text
    assert OLD in elements(revised)


def test_the_mapping_of_a_look_can_be_changed(revised: Quarter) -> None:
    browser = revised.browser("verifier")
    name = gone_field(mapping_page(revised, browser))
    page = looked_at(revised, browser, **{name: NEW})

    (again,) = page.links("uji=")

    assert browser.get(again).values("mapping-form")[name] == NEW


def test_who_moved_the_cases_is_on_the_page_and_in_the_audit_trail(revised: Quarter) -> None:
    browser = revised.browser("verifier")

    run = moved(revised, browser)

    with revised.alur.database.reading() as read:
        (row,) = read.execute(migration.select()).all()
    assert row.started_by == revised.people["verifier"]
    assert "Dimulai" in browser.get(run).text
    assert f"/pindah-rilis/{row.id}" in "".join(browser.get(MOVES).links())


def test_a_run_that_was_cut_off_is_gone_on_with_from_its_page(revised: Quarter) -> None:
    values, browser = chosen(revised), revised.browser("owner")
    begun = BeginMigration(int(values["lama"]), int(values["baru"]), {OLD: (NEW,)})
    run = revised.alur.engine.run(begun, SYSTEM).value
    page = browser.get(f"{MOVES}/{run}")
    assert "berhenti di tengah jalan" in page.text

    browser.press(page, "Teruskan")
    run_until_idle(revised.alur.jobs)

    assert NEW in elements(revised)


def test_another_mapping_waits_until_a_run_has_ended(revised: Quarter) -> None:
    values, browser = chosen(revised), revised.browser("owner")
    name = gone_field(mapping_page(revised, browser))
    found = looked_at(revised, browser, **{name: NEW})
    revised.alur.engine.run(BeginMigration(int(values["lama"]), int(values["baru"])), SYSTEM)
    (button,) = found.tree.xpath("//form[@id='start-form']//button")

    answer = browser.press(found, button.text_content().strip())

    assert "belum selesai dan memakai pemetaan lain" in browser.get(str(answer.response.location)).tree.text_content()


def test_releases_of_one_process_are_asked_for(revised: Quarter) -> None:
    values, browser = chosen(revised), revised.browser("owner")

    page = browser.get(f"{MOVES}?lama={values['lama']}&baru={values['lama']}")

    assert list(page.errors) == ["baru"]
    assert browser.get(f"{MOVES}?lama=1&baru=2").errors.keys() == {"lama", "baru"}
    assert browser.post(MOVES, {}).status == 422
    assert browser.post(MOVES, {**values, "to_0": "nothing"}).status in (303, 422)


def test_without_another_release_there_is_nothing_to_move(quarter: Quarter) -> None:
    assert "Tidak ada kasus yang dapat dipindahkan" in quarter.browser("owner").get(MOVES).text


def test_nobody_else_gets_there(revised: Quarter) -> None:
    assert revised.browser("employee").get(MOVES).status == 404
    assert revised.browser("appraiser").get(MOVES).status == 404
