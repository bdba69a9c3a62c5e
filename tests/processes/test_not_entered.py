"""A result that nobody entered in time: the reason is a code, told in the reader's language."""

from processes.people.city import Message
from tests.processes.city_hall import CITRA, DEWI, OFFICE, SECRETARY, CityHall, assessment

ENDS = {"id": "(tidak diisi sampai batas waktu).", "en": "(not entered before the time was over)."}


def reasons(hall: CityHall) -> list[Message]:
    """Why results of Dewi count as not delivered, once the time for them is over."""
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
    hall.until_next_timer(DEWI)
    latest = hall.result(DEWI).latest
    assert latest is not None and latest.score is not None
    return [reason for reason in latest.score.reasons if reason.code == "not_delivered"]


def test_a_result_that_was_not_entered_is_explained_in_both_languages(hall: CityHall) -> None:
    found = reasons(hall)

    assert found and all(reason.params["why"] == "not_entered" for reason in found)
    assert all(reason.text_id.endswith(ENDS["id"]) and reason.text_en.endswith(ENDS["en"]) for reason in found)
