"""What the pages say of delegated acts and of a result above which nobody stands, through HTTP."""

from datetime import date
from typing import Any

from engine.commands.delegate_task import DelegateTask
from engine.policy.actor import Actor
from processes.people.queries import find_employee
from processes.people.records import unit_head
from tests.functional.quarter_world import CITY, Quarter, the_quarter, the_template

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

AS_EXPECTED = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}
DIALOGUE: dict[str, Any] = {"dialogue_on": date(2026, 10, 1), "note": "Disampaikan"}


def name_of(quarter: Quarter, person: int) -> str:
    """The name of a person."""
    with quarter.alur.database.reading() as read:
        return find_employee(read, CITY, person).name


def said(quarter: Quarter, who: int, path: str) -> str:
    """What a page says to somebody, in one line."""
    return " ".join(quarter.browser(who).get(path).tree.text_content().split())


def token_of(quarter: Quarter, person: int, element: str, subject: int) -> int:
    """The token of a person's task in somebody's case."""
    case_id = quarter.case_of(subject)
    return next(row.token for row in quarter.tasks(person) if (row.case_id, row.element) == (case_id, element))


def delegate(quarter: Quarter, element: str, subject: int, before: int, after: int) -> None:
    """Let a person hand his task in somebody's case to somebody else."""
    token = token_of(quarter, before, element, subject)
    quarter.alur.engine.run(DelegateTask(quarter.case_of(subject), token, after), Actor(CITY, before))


def test_the_result_page_names_who_signed_and_for_whom(quarter: Quarter) -> None:
    employee, appraiser, superior = (quarter.people[key] for key in ("employee", "appraiser", "superior"))
    quarter.until_recommended(employee)
    quarter.does(appraiser, "confirm_ratings", employee, **AS_EXPECTED)
    delegate(quarter, "sign", employee, appraiser, superior)
    quarter.does(superior, "sign", employee, confirmed=True)
    quarter.does(appraiser, "hand_over", employee, **DIALOGUE)

    page = said(quarter, employee, f"/kasus/{quarter.case_of(employee)}/hasil")

    assert f"{name_of(quarter, superior)}, atas nama {name_of(quarter, appraiser)}" in page
    assert f"Ditetapkan oleh {name_of(quarter, appraiser)}, 1 Oktober 2026" in page


def test_who_did_his_own_task_acts_for_nobody(quarter: Quarter) -> None:
    employee, appraiser = quarter.people["employee"], quarter.people["appraiser"]
    quarter.until_recommended(employee)
    quarter.does(appraiser, "confirm_ratings", employee, **AS_EXPECTED)
    quarter.does(appraiser, "sign", employee, confirmed=True)
    quarter.does(appraiser, "hand_over", employee, **DIALOGUE)

    assert "atas nama" not in said(quarter, employee, f"/kasus/{quarter.case_of(employee)}/hasil")


def hand_over_of_the_last(quarter: Quarter) -> tuple[int, int]:
    """Take the case of the superior, whom the Sekda rates, to his answer; return him and his task."""
    person = quarter.people["superior"]
    sekda = quarter.rater_of(person)
    quarter.until_recommended(person)
    quarter.does(sekda, "confirm_ratings", person, **AS_EXPECTED)
    quarter.does(sekda, "sign", person, confirmed=True)
    quarter.does(sekda, "hand_over", person, **DIALOGUE)
    return person, token_of(quarter, person, "respond", person)


def test_nobody_is_offered_an_objection_that_nobody_could_decide(quarter: Quarter) -> None:
    person, token = hand_over_of_the_last(quarter)

    page = quarter.browser(person).get(f"/tugas/{quarter.case_of(person)}/{token}")

    assert page.tree.xpath("//input[@name='answer']/@value") == ["accept"]
    assert "Tidak ada pejabat di atas penilai Anda, sehingga hasil ini final" in " ".join(page.text.split())


def test_the_result_page_says_why_a_result_is_final(quarter: Quarter) -> None:
    person, _token = hand_over_of_the_last(quarter)

    page = said(quarter, person, f"/kasus/{quarter.case_of(person)}/hasil")

    assert "Hasil ini final: tidak ada pejabat di atas pejabat penilai" in page
    assert "ditetapkan oleh atasan pejabat penilai" not in page


def test_the_notices_say_that_a_result_is_final(quarter: Quarter) -> None:
    person, _token = hand_over_of_the_last(quarter)

    assert "Hasil ini final; mohon konfirmasi." in said(quarter, person, "/pemberitahuan")


def test_the_appraised_person_is_not_offered_as_a_deputy_nor_taken(quarter: Quarter) -> None:
    employee, appraiser = quarter.people["employee"], quarter.people["appraiser"]
    with quarter.alur.database.writing() as connection:
        row = {"tenant": CITY, "unit_id": quarter.unit_of(appraiser), "kind": "plh", "valid_from": date(2026, 9, 28)}
        heads = [
            {**row, "id": 990 + place, "employee_id": person} for place, person in enumerate((employee, appraiser))
        ]
        connection.execute(unit_head.insert(), heads)
    path = f"/tugas/{quarter.case_of(employee)}/{token_of(quarter, appraiser, 'assess_behaviour', employee)}"

    offered = quarter.browser(appraiser).get(path).tree.xpath("//select[@name='person']/option/@value")
    answer = quarter.browser(appraiser).post(f"{path}/alihkan", {"person": str(employee)})

    assert str(employee) not in offered
    assert (answer.status, token_of(quarter, appraiser, "assess_behaviour", employee) > 0) == (403, True)
