"""The page of a stuck case says which expression gave nothing, where in it, why, and the way out."""

import pytest

from engine.commands.change_variables import ChangeVariables
from engine.commands.skip_element import SkipElement
from engine.queries.case import view_case
from tests.functional.quarter_world import Quarter, the_quarter, the_template
from tests.functional.staff_pages import Page

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

RATINGS = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}


def stuck_page(quarter: Quarter, value: object, who: str = "verifier", language: str = "id") -> Page:
    """Let the employee's case stop where the appraiser is asked for, and return what an operator sees of it."""
    employee = quarter.people["employee"]
    case_id, verifier = quarter.case_of(employee), quarter.actor(quarter.people["verifier"])
    quarter.until_recommended(employee)
    quarter.alur.engine.run(ChangeVariables(case_id, {"rating_by": value}, "Data salah"), verifier)
    quarter.does(quarter.people["appraiser"], "confirm_ratings", employee, **RATINGS)
    (failed,) = quarter.alur.engine.read(view_case, verifier, case_id).incidents  # the service that records ratings
    quarter.alur.engine.run(SkipElement(case_id, failed.token, None, "Dicatat di tempat lain"), verifier)
    browser = quarter.browser(who)
    browser.post("/bahasa", {"language": language})
    return browser.get(f"/kasus/{case_id}/operasi")


@pytest.mark.parametrize(
    ("language", "place", "what"),
    [
        ("id", "Baris 1, kolom 11: ", "Kunci 'person' tidak ada dalam konteks."),
        ("en", "Line 1, column 11: ", "The key 'person' is not in the context."),
    ],
)
def test_the_reason_is_read_in_the_language_of_the_reader(
    quarter: Quarter, language: str, place: str, what: str
) -> None:
    page = stuck_page(quarter, {"name": "Ani"}, language=language)

    assert "rating_by.person" in page.text
    assert place + what in page.text


def test_data_that_is_null_is_said_to_be_so(quarter: Quarter) -> None:
    page = stuck_page(quarter, {"person": None})

    assert "data yang dibacanya kosong (null)" in page.text


def test_who_may_not_see_the_data_does_not_read_what_expressions_made_of_it(quarter: Quarter) -> None:
    page = stuck_page(quarter, {"name": "Ani"}, who="owner")

    assert page.status == 200
    assert "tidak ada dalam konteks" not in page.text
    assert "rating_by" not in page.text
