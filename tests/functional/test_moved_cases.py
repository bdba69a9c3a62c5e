"""The page of a case that was moved to another release tells both lives of it."""

from typing import Any

import pytest

from engine.commands.begin_migration import BeginMigration
from engine.commands.deploy_release import DeployRelease
from engine.fleet import move_all
from engine.policy.actor import system_actor
from engine.queries.migration import find_releases
from processes.appraisal.definitions import catalogue, release_files
from processes.appraisal.variables import EMPLOYEE_PROCESS
from tests.functional.quarter_world import CITY, Quarter, the_quarter, the_template

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

SYSTEM = system_actor(CITY)
OLD, NEW = "assess_behaviour", "weigh_behaviour"


@pytest.fixture
def moved(quarter: Quarter) -> Quarter:
    """A quarter whose cases were moved, after the ratings were recommended, to a release that names a step anew."""
    quarter.until_recommended(quarter.people["employee"])
    engine, files = quarter.alur.engine, dict(release_files(EMPLOYEE_PROCESS))
    name = next(name for name in files if name.endswith(".bpmn"))
    for old, new in ((f'"{OLD}"', f'"{NEW}"'), (f">{OLD}<", f">{NEW}<")):
        files[name] = files[name].replace(old.encode(), new.encode())
    engine.run(DeployRelease(files, catalogue()), SYSTEM)
    old_release, new_release = engine.read(find_releases, SYSTEM, f"{EMPLOYEE_PROCESS}:1", f"{EMPLOYEE_PROCESS}:2")
    run = engine.run(BeginMigration(old_release.id, new_release.id, {OLD: (NEW,)}), SYSTEM).value
    assert sum(len(batch) for batch in move_all(engine, SYSTEM, run)) > 1
    return quarter


def test_the_story_says_that_the_case_was_moved_and_knows_steps_that_are_gone(moved: Quarter) -> None:
    case = moved.case_of(moved.people["employee"])

    page = moved.browser("employee").get(f"/kasus/{case}")

    told = " ".join(page.tree.text_content().split())
    assert "Kasus dipindahkan ke versi 2" in told
    assert "Sebelumnya versi 1. Tugas yang menunggu dibawa serta." in told


def test_the_task_that_waited_is_done_after_the_move(moved: Quarter) -> None:
    employee, appraiser = moved.people["employee"], moved.people["appraiser"]
    ratings: dict[str, Any] = {
        "work": "SESUAI_EKSPEKTASI",
        "behaviour": "SESUAI_EKSPEKTASI",
        "work_note": None,
        "behaviour_note": None,
    }

    moved.does(appraiser, "confirm_ratings", employee, **ratings)
    moved.does(appraiser, "sign", employee, confirmed=True)

    page = moved.browser("employee").get(f"/kasus/{moved.case_of(employee)}")
    assert "Kasus dipindahkan ke versi 2" in page.tree.text_content()
