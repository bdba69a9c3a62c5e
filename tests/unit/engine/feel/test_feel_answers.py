"""Every built-in function, asked what a test kit would ask: bounds, null, wrong types and names, one and many items.

Questions and answers are in `answers/`, one a line, ``question => answer``, both in FEEL, under the function's name.
"""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from engine.feel import compile_expression
from engine.feel.functions import BUILTINS
from engine.feel.values import NUMBERS, Range
from tests.unit.engine.feel.expressions import ENVIRONMENT, evaluate, reasons

_FILES = sorted((Path(__file__).parent / "answers").glob("*.txt"))
_SECTION = re.compile(r"^## (.+)\n((?:[^#\n].*\n)*)", re.MULTILINE)
_ANSWERS = {name: lines.splitlines() for file in _FILES for name, lines in _SECTION.findall(file.read_text("utf-8"))}


def _value(source: str) -> object:
    # Not strict: a call with wrong arguments is null, as the standard says, and no mistake of a diagram.
    return compile_expression(source, strict=False).evaluate({}, ENVIRONMENT).value


def _is_right(line: str) -> bool:
    question, _, answer = line.partition(" => ")
    right = _value(answer)
    return (right is None) is (answer == "null") and repr(_plain(_value(question))) == repr(_plain(right))


def _plain(value: object) -> object:
    # To Python 1 is True and a time in Paris is one in Jakarta; their repr tells them apart, but 1 and 1.0 too.
    if isinstance(value, Decimal):
        return NUMBERS.create_decimal(value).normalize(NUMBERS)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return sorted((key, repr(_plain(item))) for key, item in value.items())
    if isinstance(value, Range):
        return _plain(value.start), _plain(value.end), value.start_included, value.end_included
    return value


@pytest.mark.parametrize("section", _ANSWERS)
def test_each_question_about_a_function_has_the_answer_of_the_standard(section: str) -> None:
    wrong = [
        f"{line}, but got {_value(line.partition(' => ')[0])!r}" for line in _ANSWERS[section] if not _is_right(line)
    ]

    assert wrong == []


def test_every_built_in_of_the_standard_is_asked_for_null_and_for_wrong_arguments() -> None:
    ours = {"working days after", "working days between"}
    bare = [name for name in set(BUILTINS) - ours if not any(line.endswith(" => null") for line in _ANSWERS[name])]

    assert bare == []


def test_what_cannot_be_joined_is_told_how_to_become_text() -> None:
    (note,) = evaluate('string join(["a", 1])').notes

    assert note.message("id").endswith("Setiap butirnya harus teks; ubah dengan string().")
    assert note.message("en").endswith("Each of its items must be a string; make it one with string().")


def test_a_function_that_cannot_compare_two_items_is_named_by_what_it_is_for() -> None:
    (note,) = evaluate("sort([], function(a) a)").notes

    assert note.message("en").endswith("The function 'precedes' cannot be called with (…, …). Its parameters are (a).")


def test_a_power_beyond_the_exponents_of_the_standard_is_no_number() -> None:
    assert reasons("1 ** 1000000000") == ["arithmetic"]
