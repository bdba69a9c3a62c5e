"""What stands beside a task's form: numbers that can be compared, in words, in every city."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.policy.actor import Actor
from plugins.samples import all_positions
from processes.appraisal.queries.result import view_result
from processes.appraisal.rules import RATING_INPUTS, REALISATION, standard_form
from processes.appraisal.variables import read_case
from processes.people.city import Period, UnitKind, Who
from processes.people.figures import unit_figure
from processes.people.records import unit
from tests.cities import cities_of
from tests.unit.webapp.test_task_forms import CITY, DEWI, contexts
from webapp.amounts import show_amount
from webapp.inbox.figures import name_figures
from webapp.inbox.lines import Line, planned_lines
from webapp.task_forms import FormContext

CITIES = ("tebingtinggi", "tanjungselor", "serang", "tanjungbalai", "mataram")
QUARTER = Period.quarter(2026, 3)
#: A key of the program, `R2__value`, or an English decimal point between digits.
RAW = re.compile(r"\w__\w|\d\.\d(?!\d\d)|[a-z]_[a-z]")


@pytest.fixture
def context(tmp_path: Path) -> Iterator[FormContext]:
    with contexts(tmp_path) as made:
        yield made


def lines(context: FormContext, realised: Any = None, assessed: Any = None) -> dict[str, Line]:
    where = {"employee_id": DEWI, "unit_id": 1, "year": 2026, "quarter": 3}
    nothing = view_result(context.read, context.actor, 1, **where)
    result = replace(nothing, realised={"measured": realised or {}}, assessed={"measured": assessed or {}})
    return {line.code: line for line in planned_lines(context, read_case(context.variables), result)}


def spaced(text: str) -> str:
    """A number and its unit stay on one line, so their space is no ordinary one."""
    assert " " not in text
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_share_is_shown_as_the_percentage_that_its_target_is(context: FormContext) -> None:
    found = lines(context, realised={"R4": {"linked": Decimal(400), "approved": Decimal(550)}})

    assert (found["R4"].target, found["R4"].realised) == ("80%", "72,73%")
    assert [(part.label, part.text) for part in found["R4"].parts] == [
        ("Menit terkait rencana hasil kerja", "400"),
        ("Menit kerja disetujui", "550"),
    ]


def test_an_indicator_of_a_single_number_does_not_say_it_twice(context: FormContext) -> None:
    found = lines(context, realised={"R1": {"value": Decimal("48.5")}})

    assert (spaced(found["R1"].realised), found["R1"].parts) == ("48,5% rencana", ())


def test_half_of_a_share_is_not_shown_as_if_it_were_the_realisation(context: FormContext) -> None:
    found = lines(context, realised={"R4": {"linked": Decimal(400)}})

    assert found["R4"].realised == ""


def test_the_scores_of_colleagues_are_one_mean_and_never_a_score_of_somebody(context: FormContext) -> None:
    scores = {f"peer_{number}": Decimal(70 + number) for number in range(1, 5)}
    found = lines(context, realised={"R5": scores}, assessed={"R5": {"superior": Decimal(85)}})

    assert [(part.label, spaced(part.text)) for part in found["R5"].parts] == [
        ("Nilai atasan dalam forum", "85"),
        ("Rata-rata nilai rekan (4 orang)", "72,5"),
    ]


def test_two_colleagues_are_counted_and_not_averaged(context: FormContext) -> None:
    found = lines(context, realised={"R5": {"peer_1": Decimal(70), "peer_2": Decimal(90)}})

    (part,) = found["R5"].parts
    assert part.text == "Hanya 2 rekan menjawab; terlalu sedikit untuk ditampilkan"


def test_the_units_figure_is_shown_where_the_rule_takes_it(context: FormContext) -> None:
    when = {"year": 2026, "quarter": 3, "name": "attendance", "value": Decimal("97.25")}
    when |= {"source": "angka.csv", "entered_at": datetime(2026, 9, 30, tzinfo=UTC)}
    row = {"id": 1, "tenant": CITY, "code": "A", "name": "A", "kind": "school", "week": 5}
    context.read.execute(unit.insert(), {**row, "valid_from": date(2026, 1, 1)})
    context.read.execute(unit_figure.insert(), {"tenant": CITY, "unit_id": 1, **when})

    assert lines(context)["R3"].realised == "97,25%"


def test_the_employee_does_not_see_the_appraisers_numbers_before_the_result(context: FormContext) -> None:
    numbers = {"R5": {"superior": Decimal(85)}}
    employee = replace(context, actor=Actor(CITY, DEWI))

    assert spaced(lines(context, assessed=numbers)["R5"].realised) == "85 nilai"
    assert lines(employee, assessed=numbers)["R5"].realised == ""


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [("2", "hari", "2 hari"), ("87.5", "%", "87,5%"), ("1234.005", "", "1.234,01"), ("49", "% rencana", "49% rencana")],
)
def test_amounts_have_a_comma_and_their_unit(value: str, unit: str, shown: str) -> None:
    assert spaced(show_amount(Decimal(value), unit)) == shown


def test_a_level_says_out_of_how_many(context: FormContext) -> None:
    assert show_amount(Decimal(4), "tingkat", is_level=True) == "tingkat 4 dari 5"


@pytest.mark.parametrize("code", CITIES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_unit_figure_of_a_city_is_called_by_its_key(context: FormContext, code: str, language: Any) -> None:
    city = cities_of(code).city(code)
    spoken = replace(context, city=city, language=language)

    for kind in UnitKind:
        names = {"ikm", "n", "attendance", *_asked(city, kind)}
        named = name_figures(spoken, kind, QUARTER, dict.fromkeys(names, Decimal("61.5")))
        assert len(named) == len(names)
        assert [label for label, _ in named if RAW.search(label) or "diimpor" in label or "imported" in label] == []


def _asked(city: Any, kind: UnitKind) -> set[str]:
    sets = [city.indicators(position, QUARTER) for position in all_positions(city) if position.unit_kind is kind]
    return {f"{one.code}__{field.name}" for found in sets for one in found for field in one.fields_for(Who.UNIT)}


def test_a_figure_that_nobody_asks_for_is_still_no_key(context: FormContext) -> None:
    named = name_figures(context, UnitKind.SCHOOL, QUARTER, {"rapor_lama": Decimal(3)})

    assert named == (("Angka lain yang diimpor: “rapor lama”", "3"),)


@pytest.mark.parametrize("code", CITIES)
@pytest.mark.parametrize("task", [REALISATION, RATING_INPUTS])
def test_the_forms_of_a_city_speak_in_words_and_say_each_target_once(code: str, task: str) -> None:
    city = cities_of(code).city(code)

    for position in all_positions(city):
        own = city.indicators(position, QUARTER)
        form = city.form(task, position, QUARTER, own) or standard_form(task, own) or {}
        words = [text["id"] for field in form["fields"] for text in _texts(field)]
        hints = [text for text in words if "bobot" in text.lower() and "%" in text]
        assert [text for text in words if RAW.search(text)] == []
        assert len(hints) <= len(own)


def _texts(field: dict[str, Any]) -> list[dict[str, str]]:
    choices = [choice["label"] for choice in field.get("choices", [])]
    return [field["label"], *choices, *([field["hint"]] if "hint" in field else [])]
