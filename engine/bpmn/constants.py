"""Checks expressions that need no variable: they always give the same, and that must be of use where they stand."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from engine.bpmn.model import HUMAN_TASKS, Element, Kind, Outline, Timer
from engine.bpmn.read import problem
from engine.bpmn.timers import due_instant, expression_in, literal_value
from engine.calendar import WorkCalendar
from engine.errors import ElementFailed, Problem
from engine.feel import Budget, Environment, FeelError, FeelSyntaxError, compile_expression
from engine.records.packing import NotStorable, check_storable

_ANY_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)
# A long computation is left to the case: a diagram of many would keep the check busy.
_BUDGET: Final = Budget(steps=1_000, allocation=20_000)
_MOST_LONG: Final = 5  # long computations in a diagram that are tried out all the same
_ENVIRONMENT: Final = Environment(now=_ANY_DAY, calendar=WorkCalendar("check", frozenset(), 5), budget=_BUDGET)
#: The same limits as when a case runs.
MOST_ROUNDS: Final = 10_000
LONGEST_KEY: Final = 80
PERSONS_END: Final = 2**63
_FILTER: Final = re.compile(r"[\w\])}\"]\s*\[")
_SHOWN: Final = 60  # characters of a value in a sentence


class Need(NamedTuple):
    """What an expression must give at its place, and how that is said in both languages."""

    holds: Callable[[object], bool]
    id_text: str
    en_text: str


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, Decimal) and value.is_finite() and value == int(value) and least <= value <= most


def _is_key(value: object) -> bool:
    is_text = isinstance(value, str) and 0 < len(value) <= LONGEST_KEY
    return is_text or (isinstance(value, Decimal) and value.is_finite())


TRUTH = Need(lambda value: isinstance(value, bool), "benar atau salah (true atau false)", "true or false")
PERSON = Need(lambda value: _is_whole(value, 1, PERSONS_END - 1), "nomor pegawai", "the number of an employee")
GROUP = Need(
    lambda value: isinstance(value, str) and 0 < len(value) <= LONGEST_KEY,
    f"nama kelompok, teks dengan 1 sampai {LONGEST_KEY} huruf",
    f"the name of a group, a text of 1 to {LONGEST_KEY} characters",
)
DAY = Need(lambda value: value is None or isinstance(value, date), "tanggal", "a date")
PRIORITY = Need(
    lambda value: value is None or _is_whole(value, 0, 100), "bilangan bulat 0 sampai 100", "a whole number, 0 to 100"
)
ROUNDS = Need(
    lambda value: _is_whole(value, 0, MOST_ROUNDS),
    f"bilangan bulat 0 sampai {MOST_ROUNDS}",
    f"a whole number, 0 to {MOST_ROUNDS}",
)
ITEMS = Need(
    lambda value: isinstance(value, list) and len(value) <= MOST_ROUNDS,
    f"daftar dengan paling banyak {MOST_ROUNDS} butir",
    f"a list of at most {MOST_ROUNDS} items",
)
KEY = Need(
    _is_key, f"angka, atau teks 1 sampai {LONGEST_KEY} huruf", f"a number, or a text of 1 to {LONGEST_KEY} characters"
)
CONTEXT = Need(
    lambda value: isinstance(value, dict), "kumpulan nilai bernama {nama: nilai}", "named values {name: value}"
)
TIME = Need(
    lambda value: False,  # asked of `due_instant` instead
    "tanggal, atau lamanya waktu dari 0 sampai 100 tahun",
    "a date, or a duration from 0 to 100 years",
)


def check_constants(outline: Outline) -> Iterator[Problem]:
    """Yield the expressions that always give something their place cannot use, whatever the case is about."""
    yield from _kept(outline)
    for element in outline.elements.values():
        for expression, need in _uses(element):
            yield from _constant(element.id, expression, need)
        if element.timer is not None:
            yield from _time(element.id, element.timer)
    for flow in outline.flows.values():
        if flow.condition:
            yield from _constant(flow.id, flow.condition, TRUTH)


def _uses(element: Element) -> Iterator[tuple[str, Need]]:
    """Yield the expressions of an element, each with what it must give."""
    found: list[tuple[str | None, Need]] = []
    if element.kind in HUMAN_TASKS:
        found += [(element.assignee, PERSON), (element.candidate, GROUP), (element.priority, PRIORITY)]
        found += [(element.due, DAY), (element.follow_up, DAY)]
    if element.event is not None:
        found += [(element.event.key, KEY), (element.event.payload, CONTEXT), (element.event.condition, TRUTH)]
    if element.loop is not None:
        found += [(element.loop.condition, TRUTH), (element.loop.cardinality, ROUNDS), (element.loop.collection, ITEMS)]
    yield from ((expression, need) for expression, need in found if expression)


def _kept(outline: Outline) -> Iterator[Problem]:
    """Yield the expressions whose value would have to be kept with the case, and never can be."""
    left = _MOST_LONG
    for element in outline.elements.values():
        for expression in _values_kept(element):
            known, value = value_of(expression)
            if not known and left and _is_constant(expression):
                left -= 1
                yield from _costly(element.id, expression)
            elif known:
                yield from check_kept(element.id, expression, value)


def _values_kept(element: Element) -> Iterator[str]:
    found = [element.script if element.kind is Kind.SCRIPT_TASK else None]
    found += [element.event.payload] if element.event is not None else []
    found += [element.loop.collection, element.loop.gives] if element.loop is not None else []
    yield from (expression for expression in found if expression)


def _costly(element: str, expression: str) -> Iterator[Problem]:
    """Compute with all that a case may spend; a diagram has few such expressions."""
    try:
        value = compile_expression(expression).evaluate({}, replace(_ENVIRONMENT, budget=Budget())).value
    except FeelError as error:
        yield problem(
            element,
            "costly_value",
            f"ungkapan '{expression[:_SHOWN]}' selalu gagal dihitung: {error.message('id')}",
            f"the expression '{expression[:_SHOWN]}' can never be computed: {error.message('en')}",
        )
        return
    yield from check_kept(element, expression, value)


def check_kept(element: str, expression: str, value: object) -> Iterator[Problem]:
    """Yield that the value of an expression cannot be kept with a case, if that is so."""
    try:
        check_storable(value)
    except NotStorable:
        gives = _shown(value)
        yield problem(
            element,
            "not_storable",
            f"ungkapan '{expression[:_SHOWN]}' selalu menghasilkan {gives}, yang tidak dapat disimpan bersama kasus; "
            "hasilkan teks, angka, benar/salah, tanggal, waktu, durasi, daftar, atau kumpulan nilai.",
            f"the expression '{expression[:_SHOWN]}' always gives {gives}, which cannot be kept with a case; give a "
            "text, a number, true or false, a date, a time, a duration, a list or named values.",
        )


def _constant(element: str, expression: str, need: Need) -> Iterator[Problem]:
    known, value = value_of(expression)
    # Null where something may be left out is meant if it is written so, not if it is what cannot be computed gives.
    if known and (not need.holds(value) or (value is None and expression.strip() != "null")):
        yield _useless(element, expression, value, need)


def _time(element: str, timer: Timer) -> Iterator[Problem]:
    says = expression_in(timer)
    if says is None and timer.kind == "timeCycle":  # looked at with its event
        return
    known, value = (True, literal_value(timer)) if says is None else value_of(says)
    if not known:
        return
    try:
        due_instant(timer, value, _ANY_DAY, UTC)
    except ElementFailed:
        yield _useless(element, timer.expression, value, TIME)


def value_of(expression: str, now: datetime = _ANY_DAY) -> tuple[bool, object]:
    """Return whether the value of an expression is known without a case, and the value.

    A filter may look at variables that are not among the names of the expression. What does not compile is said
    elsewhere, and what takes long is not known.

    :param now: the instant at which it is asked, if the value is that of a moment.
    """
    return value_with(expression, {}, now)


def value_with(expression: str, variables: Mapping[str, object], now: datetime = _ANY_DAY) -> tuple[bool, object]:
    """Return the same for an expression of which some variables are known."""
    try:
        if not _is_constant(expression, variables.keys()):
            return False, None
        return True, compile_expression(expression).evaluate(variables, replace(_ENVIRONMENT, now=now)).value
    except FeelError:
        return False, None


def _is_constant(expression: str, known: Collection[str] = ()) -> bool:
    try:
        return set(known) >= compile_expression(expression).names and not _FILTER.search(expression)
    except FeelSyntaxError:
        return False


def _useless(element: str, expression: str, value: object, need: Need) -> Problem:
    gives = _shown(value)
    return problem(
        element,
        "constant_value",
        f"ungkapan '{expression[:_SHOWN]}' selalu menghasilkan {gives}, padahal yang diperlukan di sini "
        f"{need.id_text}; perbaiki ungkapannya (teks ditulis di antara tanda petik).",
        f"the expression '{expression[:_SHOWN]}' always gives {gives}, but what is needed here is {need.en_text}; "
        "mend the expression (texts stand between quotes).",
    )


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f'"{value[:_SHOWN]}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)[:_SHOWN]
