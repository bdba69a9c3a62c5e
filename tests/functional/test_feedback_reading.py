"""Feedback among colleagues: who reads what of it, when, and what never shows who gave it."""

from datetime import date

from engine.policy.actor import Actor
from engine.queries.notices import latest_notices
from processes.appraisal.colleagues import FEWEST_GIVERS, MOST_PER_COLLEAGUE
from tests.functional.feedback_steps import RECEIVED, colleagues, give, name_of
from tests.functional.quarter_world import CITY, the_city, the_quarter, the_template
from tests.functional.quarter_world import Quarter as World

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_city, the_quarter, the_template)


def test_words_of_few_colleagues_stay_closed_to_the_employee(quarter: World) -> None:
    about = quarter.people["employee"]
    for giver in colleagues(quarter, FEWEST_GIVERS - 1):
        give(quarter, giver, about)

    received = quarter.browser(about).get(RECEIVED)
    result = quarter.browser(about).get(f"/kasus/{quarter.case_of(about)}/hasil")

    assert "belum dapat dibuka" in received.text
    assert "Berkas mutasi" not in received.text + result.text
    assert quarter.alur.engine.read(latest_notices, Actor(CITY, about)) == ()


def test_words_of_enough_colleagues_are_read_without_names_and_days(quarter: World) -> None:
    about, givers = quarter.people["employee"], colleagues(quarter)
    for giver in givers:
        give(quarter, giver, about)

    page = quarter.browser(about).get(RECEIVED)

    assert page.text.count("Berkas mutasi") == FEWEST_GIVERS
    assert not [giver for giver in givers if name_of(quarter, giver) in page.text]
    assert "Oktober" not in page.text


def test_the_employee_is_told_once_and_without_a_name(quarter: World) -> None:
    about, givers = quarter.people["employee"], colleagues(quarter, FEWEST_GIVERS + 1)
    for giver in givers:
        give(quarter, giver, about)

    (notice,) = quarter.alur.engine.read(latest_notices, Actor(CITY, about))
    page = quarter.browser(about).get("/pemberitahuan")

    assert notice.params == {"year": 2026, "quarter": 3}
    assert "Umpan balik rekan kerja untuk Anda" in page.text
    assert not [giver for giver in givers if name_of(quarter, giver) in page.text]


def test_one_talkative_colleague_opens_nothing(quarter: World) -> None:
    about, giver = quarter.people["employee"], colleagues(quarter)[0]
    for _ in range(MOST_PER_COLLEAGUE):
        give(quarter, giver, about)

    assert "belum dapat dibuka" in quarter.browser(about).get(RECEIVED).text


def hand_over(world: World, about: int) -> None:
    world.until_recommended(about)
    ratings = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI", "work_note": "Rencana bergeser"}
    world.does(world.rater_of(about), "confirm_ratings", about, **ratings)
    world.does(world.rater_of(about), "sign", about, confirmed=True)
    world.does(world.rater_of(about), "hand_over", about, dialogue_on=date(2026, 10, 1), note="Dialog baik")


def test_with_the_result_everything_that_counted_is_open(quarter: World) -> None:
    about, giver = quarter.people["employee"], colleagues(quarter)[0]
    give(quarter, giver, about)
    hand_over(quarter, about)

    pages = [quarter.browser(about).get(path) for path in (RECEIVED, f"/kasus/{quarter.case_of(about)}/hasil")]

    for page in pages:
        assert "Berkas mutasi" in page.text
        assert name_of(quarter, giver) not in page.text


def test_the_appraiser_reads_the_words_where_he_rates(quarter: World) -> None:
    about, giver, rater = quarter.people["employee"], colleagues(quarter)[0], quarter.people["appraiser"]
    give(quarter, giver, about)

    rows = [row for row in quarter.tasks(rater) if row.case_id == quarter.case_of(about)]
    (task,) = [quarter.browser(rater).get(f"/tugas/{row.case_id}/{row.token}") for row in rows]
    result = quarter.browser(rater).get(f"/kasus/{quarter.case_of(about)}/hasil")

    assert "Berkas mutasi" in task.text
    assert name_of(quarter, giver) in result.text
