"""What a play makes of holidays, files and forms that Python builds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask, g
from sqlalchemy import insert, select
from werkzeug.datastructures import MultiDict

from engine.policy.actor import Actor
from engine.scenarios import Complete, look
from forms import KeptFile
from plugins.manager import Cities
from processes.people.records import employee
from tests.unit.engine.scenarios.ways import all_ways, release_of, scenarios_of
from webapp.studio.play.filling import task_form_of
from webapp.studio.play.holidays import with_holidays
from webapp.studio.play.sent_files import NOT_KEPT, mark_of, with_file_words, with_named_files
from webapp.task_forms import FormContext
from webapp.wiring.scratch import NotAsked, empty_records

CITY = "serang"
FILE = KeptFile(NOT_KEPT, "surat.pdf", "application/pdf", 2048)
DESCRIBED = {"sha256": NOT_KEPT, "filename": "surat.pdf", "media_type": "application/pdf", "size": Decimal(2048)}


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    with Flask("playing").app_context():
        g.language = "id"
        yield


def test_a_play_takes_the_holidays_that_lie_ahead_and_take_a_day_away() -> None:
    scenario = scenarios_of("training_nomination")["lapses"]
    first = scenario.begins.date()
    friday, saturday, sunday = date(2026, 1, 16), date(2026, 3, 21), date(2026, 3, 22)
    known = {first - timedelta(days=1), friday, saturday, sunday, date(2035, 8, 17)}

    assert with_holidays(scenario, known).holidays == (friday, saturday)
    last = replace(scenario, begins=scenario.begins.replace(year=9999))
    assert with_holidays(last, {date(9999, 12, 31)}).holidays == (date(9999, 12, 31),)


def test_a_file_stands_as_its_name_kind_and_size_wherever_it_lies() -> None:
    words = "berkas “surat.pdf” (PDF, 2 KB; tidak disimpan)"

    assert with_file_words({"a": [DESCRIBED]}) == {"a": [words]}
    for odd in ({"size": Decimal("1E+999999")}, {"size": "2"}, {"filename": 7}, {"sha256": "1" * 64}):
        assert with_file_words({**DESCRIBED, **odd}) == {**DESCRIBED, **odd}


def test_a_file_that_a_page_names_need_not_be_chosen_again() -> None:
    marks = [mark_of(FILE), "{", "[]", mark_of(replace(FILE, sha256="1" * 64)), '{"size": 1e999}']

    sent = with_named_files(MultiDict([("evidence-kept", mark) for mark in marks]), MultiDict())

    assert sent.getlist("evidence") == [FILE]


def test_the_empty_records_hold_nothing_take_nothing_and_are_asked_with_numbers_of_feel() -> None:
    with empty_records() as read:
        assert read.execute(select(employee.c.name).where(employee.c.id == Decimal(4))).all() == []
    with pytest.raises(NotAsked), empty_records() as read:
        read.execute(insert(employee), {"id": 1, "tenant": CITY, "nip": "1", "name": "Dewi", "kind": "PNS"})


@pytest.mark.parametrize("year", ["x", Decimal("1E+30"), []])
def test_a_declared_form_whose_days_cannot_be_told_from_made_up_data_is_not_shown(year: object) -> None:
    city, made_up = Cities.installed(only=(CITY,)).city(CITY), {"year": year, "quarter": 1}
    context = FormContext(Actor(CITY, 1), made_up, city, None, date(2026, 4, 1), "id")

    form = task_form_of(release_of("periodic_evaluation"), "hand_over", context)

    assert form is None


def test_nearly_every_form_that_python_builds_is_there_in_the_plays_of_the_shipped_scenarios() -> None:
    city = Cities.installed(only=(CITY,)).city(CITY)
    built, left = set[str](), set[str]()
    for release, _name, scenario in all_ways():
        for place, step in enumerate(scenario.steps):
            key = release.element(step.element).form if isinstance(step, Complete) else None
            if isinstance(step, Complete) and key is not None and key not in release.forms and key not in built:
                standing = look(release, replace(scenario, steps=scenario.steps[:place]))
                actor, today = Actor(CITY, 1), standing.now.date()
                context = FormContext(actor, standing.variables, city, None, today, "id")
                (built if task_form_of(release, step.element, context) is not None else left).add(key)

    assert len(built) >= 12
    # What is entered depends on the post of the employee, which those scenarios do not tell.
    assert left - built <= {"appraisal.realisation", "appraisal.rating_inputs"}
