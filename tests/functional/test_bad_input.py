"""Whatever is sent to a task gets a page with clear messages, loses nothing that was typed, and is never a 500."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from forms.cleaning import showable
from tests.functional.staff_pages import Browser, Page, Staff, open_staff
from tests.functional.staff_steps import QUARTER, Step, do_step, step_at, walk_to
from tests.processes.city_hall import ABOVE, BUDI, CITRA, DEWI, EKA, RATERS, assessment
from tests.unit.forms.naughty import NAUGHTY

TEXT_FIELDS = "//form[@id='task-form']//textarea | //form[@id='task-form']//input[@type='text']"
HUGE = "9" * 100_000
#: No browser sends these: neither UTF-8 nor a URL-encoded body can hold them.
UNSENDABLE = {"lone high surrogate", "lone low surrogate", "reversed surrogates"}
#: What keeps each form from being accepted, so that the page comes back however good the text is.
SPOILT: Mapping[str, Mapping[str, str]] = {
    "set_org_predicate": {"predicate": ""},
    "record_realisation": {"R1__unmeasured": "mungkin"},
    "assess_behaviour": {"feedback_tone": ""},
    "confirm_ratings": {"work": ""},
    "sign": {"outcome": ""},
    "hand_over": {},
    "respond": {"answer": ""},
    "decide_objection": {"outcome": ""},
}


ELEMENTS = [step.element for step in QUARTER]
At = tuple[Staff, Step, Browser, str]


@contextmanager
def waiting_at(element: str, folder: Path) -> Iterator[At]:
    with open_staff(folder) as staff:
        if element == "sign":
            rate_colleagues(staff)
        step = walk_to(staff, element)
        if element == "sign":
            step = replace(step, answers={**step.answers, "justification": "Keduanya melampaui target"})
        yield staff, step, staff.browser(step.person), staff.task(step.person, step.element, step.about)


def rate_colleagues(staff: Staff) -> None:
    """Rate enough of the unit, and too well: only then does the signature ask for a justification."""
    do_step(staff, step_at("set_org_predicate"))
    for about in (EKA, CITRA):
        staff.hall.does(about, "record_realisation", about)
        staff.hall.does(RATERS[about], "assess_behaviour", about, **assessment())
        staff.hall.does(RATERS[about], "confirm_ratings", about, **ABOVE)


@pytest.fixture(scope="module", params=ELEMENTS)
def at_step(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[At]:
    """A task that waits; the tests that share it never complete it."""
    with waiting_at(request.param, tmp_path_factory.mktemp("hall")) as found:
        yield found


@pytest.fixture(params=ELEMENTS)
def fresh_step(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[At]:
    """A task that waits, for a test that completes it."""
    with waiting_at(request.param, tmp_path) as found:
        yield found


def still_open(at: At) -> bool:
    staff, step, _, _ = at
    return (step.element, step.about) in staff.hall.tasks(step.person)


def test_an_empty_form_says_what_is_missing(at_step: At) -> None:
    _, _, browser, address = at_step

    answer = browser.post(address, {})

    assert answer.status == 422
    assert answer.errors
    assert still_open(at_step)


def test_extra_keys_are_ignored_and_never_stored(fresh_step: At) -> None:
    staff, step, browser, address = fresh_step
    extra = {"is_final": "true", "person": "1", "__proto__": "x", "rating_by": "1", "_draft": "x", "work__x": "1"}

    answer = browser.send(address, browser.get(address), **step.answers, **extra)

    assert answer.status == 303
    view = staff.hall.case(step.about, _process(step))
    data = [one.data for one in view.history if one.element == step.element][-1]
    assert not extra.keys() & data.keys()


def test_the_wrong_kind_of_value_is_refused_on_each_field(at_step: At) -> None:
    _, step, browser, address = at_step
    page = browser.get(address)
    fields = sorted(page.values().keys() - {"csrf_token", "key", "_labels"})
    twice = {name: ["satu", "dua"] for name in {*fields, *step.answers}}

    answer = browser.send(address, page, **twice)

    assert answer.status == 422
    assert still_open(at_step)


def test_files_in_place_of_words_are_refused(at_step: At) -> None:
    _, step, browser, address = at_step
    page = browser.get(address)
    without = {name: value for name, value in page.values().items() if name not in step.answers}
    files = {name: (BytesIO(b"x"), "x.txt") for name in step.answers}

    answer = browser.post(address, {**without, **files})

    assert answer.status == 422
    assert still_open(at_step)


def test_a_huge_value_is_refused_with_its_length_and_kept_on_the_page(at_step: At) -> None:
    _, step, browser, address = at_step
    page = browser.get(address)

    answer = browser.send(address, page, **{**step.answers, **dict.fromkeys(_text_fields(page), HUGE)})

    assert answer.status == 422
    assert {answer.values()[name] for name in _text_fields(page)} == {HUGE}
    assert "100000" in answer.text or "digit" in answer.text
    assert still_open(at_step)


def test_every_nasty_text_in_every_text_field_comes_back_on_a_page_with_messages(at_step: At) -> None:
    _, step, browser, address = at_step
    page = browser.get(address)
    names = _text_fields(page)
    assert names

    for label, text in NAUGHTY.items():
        if label in UNSENDABLE or len(text) > len(HUGE):
            continue
        answer = browser.send(address, page, **{**step.answers, **dict.fromkeys(names, text), **SPOILT[step.element]})

        assert answer.status == 422, label
        assert answer.errors, label
        assert {answer.values()[name].strip() for name in names} == {showable(text).strip()}, label


def test_a_megabyte_in_each_field_is_answered(at_step: At) -> None:
    _, step, browser, address = at_step
    page = browser.get(address)
    name = _text_fields(page)[0]

    for label in ("one megabyte", "one megabyte of lines", "one megabyte of marks"):
        answer = browser.send(address, page, **{**step.answers, name: NAUGHTY[label], **SPOILT[step.element]})

        assert answer.status == 422, label
    assert still_open(at_step)


def test_words_that_look_like_code_are_stored_as_words(tmp_path: Path) -> None:
    with open_staff(tmp_path) as staff:
        step = walk_to(staff, "respond")
        browser, address = staff.browser(step.person), staff.task(step.person, step.element, step.about)
        browser.send(address, browser.get(address), answer="object", reason=NAUGHTY["closing textarea"])

        page = staff.browser(BUDI).get(staff.task(BUDI, "decide_objection", DEWI))

        assert NAUGHTY["closing textarea"] in page.text
        assert not page.tree.xpath("//main//script")


def test_a_key_that_is_none_is_no_trouble(fresh_step: At) -> None:
    _, step, browser, address = fresh_step

    answer = browser.send(address, browser.get(address), **{**step.answers, "key": "zz", "_labels": "[1"})

    assert answer.status == 303


def _text_fields(page: Page) -> list[str]:
    return [str(control.get("name")) for control in page.tree.xpath(TEXT_FIELDS)]


def _process(step: Step) -> str:
    return "unit_evaluation" if step.element == "set_org_predicate" else "periodic_evaluation"
