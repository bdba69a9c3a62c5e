"""Feedback among colleagues: found, written, checked, sent once, corrected, withdrawn."""

import re

import pytest

from engine.policy.actor import Actor
from processes.appraisal.colleagues import MOST_PER_COLLEAGUE, Quarter
from processes.appraisal.commands.give_feedback import MAX_TEXT, GiveFeedback
from processes.appraisal.queries.feedback import my_given
from tests.functional.feedback_steps import (
    GIVEN,
    HOME,
    PRAISE,
    RECEIVED,
    SUGGESTION,
    address,
    colleagues,
    give,
    name_of,
    only_given,
    rows_about,
    sure,
)
from tests.functional.quarter_world import CITY, the_city, the_quarter, the_template
from tests.functional.quarter_world import Quarter as World
from tests.unit.forms.naughty import NAUGHTY

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_city, the_quarter, the_template)

#: No browser sends these: neither UTF-8 nor a URL-encoded body can hold them.
UNSENDABLE = {"lone high surrogate", "lone low surrogate", "reversed surrogates"}


def test_leader_and_colleagues_of_the_unit_come_first(quarter: World) -> None:
    page = quarter.browser("employee").get(HOME)

    near = {int(link.rsplit("/", 1)[1]) for link in page.links() if re.fullmatch(rf"/{CITY}{HOME}/\d+", link)}
    assert {quarter.rater_of(quarter.people["employee"]), *colleagues(quarter)} <= near
    assert quarter.people["employee"] not in near


def test_a_leader_finds_the_people_he_appraises(quarter: World) -> None:
    page = quarter.browser("appraiser").get(HOME)

    caption = "Orang yang Anda nilai"
    shown = set(page.tree.xpath(f"//table[caption='{caption}']//tbody//a/@href"))
    assert {f"/{CITY}{address(person)}" for person in quarter.team_of(quarter.people["appraiser"])} <= shown


def test_anybody_of_the_city_is_found_by_name_and_no_address_holds_it(quarter: World) -> None:
    far = quarter.people["verifier"]

    page = quarter.browser("employee").search(HOME, {"cari": name_of(quarter, far)[:14]})

    assert page.links(address(far))
    assert not [link for link in page.links() if "cari" in link]


def test_a_unit_is_leafed_through_without_scripts(quarter: World) -> None:
    unit = quarter.unit_of(quarter.people["verifier"])

    answer = quarter.browser("employee").post(HOME, {"unit": str(unit)})
    page = quarter.browser("employee").get(answer.response.headers["Location"])

    assert answer.response.headers["Location"].endswith(f"?unit={unit}")
    assert page.links(address(quarter.people["verifier"]))


@pytest.mark.parametrize("sent", [{"cari": "x"}, {"cari": "a\x00b"}, {"cari": "n" * 101}, {"unit": "0x"}])
def test_a_search_that_cannot_be_read_says_so(quarter: World, sent: dict[str, str]) -> None:
    page = quarter.browser("employee").post(HOME, sent)

    assert page.status == 422
    assert page.errors


@pytest.mark.parametrize("query", ["unit=x", "unit=-1", f"unit={2**70}", "unit=1&setelah=x", "setelah=5"])
def test_a_broken_address_shows_the_page_all_the_same(quarter: World, query: str) -> None:
    assert quarter.browser("employee").get(f"{HOME}?{query}").status == 200


def test_nothing_is_sent_before_it_was_looked_at_again(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]

    page = sure(quarter, giver, about)

    assert page.title == "Kirim umpan balik ini?"
    assert PRAISE["text"].split("\n", maxsplit=1)[0] in page.text
    assert rows_about(quarter, about) == []


def test_what_was_written_can_be_changed_before_it_is_sent(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]
    values = sure(quarter, giver, about).values("sure-form")

    page = quarter.browser(giver).post(address(about), {**values, "_ubah": "1"})

    assert page.values("feedback-form")["text"] == PRAISE["text"]
    assert page.values("feedback-form")["tone"] == "praise"
    assert rows_about(quarter, about) == []


def test_feedback_is_sent_with_thanks_and_stands_on_the_givers_list(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]

    answer = give(quarter, giver, about)
    page = quarter.browser(giver).get(answer.response.headers["Location"])

    assert rows_about(quarter, about) == [(giver, True, PRAISE["text"])]
    assert "Terima kasih" in page.text
    assert name_of(quarter, about) in page.text


def test_a_second_submit_has_no_second_effect(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]
    values = sure(quarter, giver, about).values("sure-form")

    answers = [quarter.browser(giver).post(address(about), values).status for _ in range(2)]

    assert answers == [303, 303]
    assert len(rows_about(quarter, about)) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"tone": ""},
        {"tone": "hujatan"},
        {"text": ""},
        {"text": " \n "},
        {"text": "Bagus"},
        {"text": "x" * (MAX_TEXT + 1)},
        {"text": "Laporannya baik\x00 sekali"},
        {"text": "Laporannya \u202ebaik sekali"},
    ],
)
def test_what_cannot_be_taken_is_said_on_the_form_and_stays_there(quarter: World, said: dict[str, str]) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]

    page = quarter.browser(giver).post(address(about), {**PRAISE, **said, "confirmed": "1"})

    assert page.status == 422
    assert page.errors
    assert len(page.values("feedback-form")["text"]) == len({**PRAISE, **said}["text"])
    assert rows_about(quarter, about) == []


def test_naughty_texts_are_answered_with_the_form_and_run_nothing(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]

    for name, text in NAUGHTY.items():
        if name in UNSENDABLE:
            continue
        page = quarter.browser(giver).post(address(about), {"tone": "", "text": text})
        assert page.status == 422, name
        assert not page.tree.xpath("//main//script | //main//img | //main//iframe"), name


def test_the_words_are_escaped_wherever_they_are_shown(quarter: World) -> None:
    givers, about = colleagues(quarter), quarter.people["employee"]
    for giver in givers:
        give(quarter, giver, about, text="<script>alert(1)</script> <img src=x>")

    pages = [quarter.browser(givers[0]).get(GIVEN), quarter.browser(about).get(RECEIVED)]

    for page in pages:
        assert "<script>alert(1)" in page.text
        assert not page.tree.xpath("//main//script | //main//img")


def test_nobody_gives_feedback_to_himself(quarter: World) -> None:
    own = address(quarter.people["employee"])

    assert quarter.browser("employee").get(own).status == 404
    assert quarter.browser("employee").post(own, {**PRAISE, "confirmed": "1"}).status == 404


def test_after_the_limit_the_page_says_why_and_the_words_are_kept(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]
    last = sure(quarter, giver, about).values("sure-form")
    for _ in range(MOST_PER_COLLEAGUE):
        give(quarter, giver, about)

    page = quarter.browser(giver).post(address(about), last)

    assert page.status == 422
    assert page.values("feedback-form")["text"] == PRAISE["text"]
    assert len(rows_about(quarter, about)) == MOST_PER_COLLEAGUE
    assert "yaitu batasnya" in quarter.browser(giver).get(address(about)).text


def test_without_an_open_quarter_the_pages_say_so_and_nothing_is_lost(city: World) -> None:
    browser, about = city.browser("employee"), city.people["appraiser"]

    pages = [browser.get(HOME), browser.get(address(about))]
    sent = browser.post(address(about), {**PRAISE, "confirmed": "1"})

    assert all("Belum ada triwulan yang dibuka" in page.text for page in pages)
    assert sent.status == 422
    assert sent.values("feedback-form")["text"] == PRAISE["text"]


def test_the_limit_is_for_each_colleague(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]
    for _ in range(MOST_PER_COLLEAGUE):
        give(quarter, giver, about)

    assert give(quarter, giver, quarter.people["appraiser"]).status == 303


def test_the_giver_corrects_what_was_not_counted_yet(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]
    give(quarter, giver, about)
    path = f"{GIVEN}/{only_given(quarter, giver)}"

    page = quarter.browser(giver).get(path)
    answer = quarter.browser(giver).post(path, {**page.values("feedback-form"), **SUGGESTION})

    assert page.values("feedback-form")["text"] == PRAISE["text"]
    assert answer.status == 303
    assert rows_about(quarter, about) == [(giver, False, SUGGESTION["text"])]


def test_a_bad_correction_changes_nothing(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]
    give(quarter, giver, about)

    page = quarter.browser(giver).post(f"{GIVEN}/{only_given(quarter, giver)}", {"tone": "improve", "text": ""})

    assert page.status == 422
    assert rows_about(quarter, about) == [(giver, True, PRAISE["text"])]


def test_the_giver_takes_it_back_once(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]
    give(quarter, giver, about)
    path = f"{GIVEN}/{only_given(quarter, giver)}/tarik"
    values = quarter.browser(giver).get(path).values("sure-form")

    answers = [quarter.browser(giver).post(path, values).status for _ in range(2)]

    assert answers == [303, 303]
    assert rows_about(quarter, about) == []


def test_somebody_elses_feedback_is_not_found(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]
    give(quarter, giver, about)
    path = f"{GIVEN}/{only_given(quarter, giver)}"

    for who in ("employee", "appraiser", "verifier", "admin"):
        browser = quarter.browser(who)
        assert {browser.get(path).status, browser.get(f"{path}/tarik").status} == {404}, who
        assert {browser.post(path, SUGGESTION).status, browser.post(f"{path}/tarik", {}).status} == {404}, who
    assert rows_about(quarter, about) == [(giver, True, PRAISE["text"])]


def test_what_was_counted_in_a_recommendation_stays(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]
    give(quarter, giver, about)
    path = f"{GIVEN}/{only_given(quarter, giver)}"
    quarter.until_recommended(about)
    browser = quarter.browser(giver)

    answers = [browser.get(path), browser.post(path, SUGGESTION), browser.post(f"{path}/tarik", {})]

    assert [answer.status for answer in answers] == [303, 409, 303]
    assert (giver, True, PRAISE["text"]) in rows_about(quarter, about)
    assert answers[1].values("feedback-form")["text"] == SUGGESTION["text"]
    assert not browser.get(GIVEN).links(f"{path}/tarik")


def test_words_that_come_after_the_recommendation_count_for_the_next_quarter(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]
    quarter.until_recommended(about)

    page = quarter.browser(giver).get(address(about))
    give(quarter, giver, about)

    (given,) = quarter.alur.engine.read(my_given, Actor(CITY, giver))
    assert "Triwulan 4 2026" in page.text
    assert (given.quarter, given.is_changeable) == (Quarter(2026, 4), True)


def test_the_fourth_quarter_is_followed_by_the_first() -> None:
    assert Quarter(2026, 4).next == Quarter(2027, 1)


def test_the_pages_speak_english_throughout(quarter: World) -> None:
    giver, about = colleagues(quarter)[0], quarter.people["employee"]
    give(quarter, giver, about)
    quarter.browser(giver).client.set_cookie("alur_language", "en", path=f"/{CITY}", domain="localhost")

    paths = (HOME, address(about), GIVEN, RECEIVED, f"{GIVEN}/{only_given(quarter, giver)}/tarik")
    titles = [quarter.browser(giver).get(path).title for path in paths]

    assert titles[0] == "Feedback"
    assert titles[1].startswith("Feedback for")
    assert titles[2:] == ["Feedback I sent", "Feedback for me", "Take this feedback back?"]


@pytest.mark.parametrize("said", ["tone", "text"])
def test_the_words_stand_in_no_log_of_the_command(said: str) -> None:
    assert said not in repr(GiveFeedback(1, is_positive=True, text="tone text"))
