"""How a value came about, for people: lines of indicators, the tree behind each digit, the quadrant."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from processes.appraisal.rules import label, rating_matrix
from processes.appraisal.rules.ratings import LABELS
from processes.people.city import (
    Direction,
    Explanation,
    Indicator,
    IndicatorScore,
    MeasureField,
    MeasureStatus,
    Rating,
    ScoreResult,
)
from webapp.amounts import show_amount
from webapp.appraisal.formulas import formula_in_words, names_within, term
from webapp.appraisal.wording import as_entered, in_digits, in_words, speak
from webapp.texts import gettext as _
from webapp.texts import language, lazy, show_number

_STATUS: Final[Mapping[MeasureStatus, str]] = {
    MeasureStatus.MEASURED: lazy("Dihitung"),
    MeasureStatus.NOT_MEASURABLE: lazy("Tidak dapat diukur; bobotnya dibagi ke indikator lain"),
    MeasureStatus.NOT_DELIVERED: lazy("Tidak diisi; dihitung 0"),
}
#: How the rules call the way from a figure to an achievement, at the end of a label.
_WAYS: Final[Mapping[str, str]] = {
    Direction.UP: lazy("makin tinggi makin baik"),
    Direction.DOWN: lazy("makin rendah makin baik"),
    Direction.IMPROVE: lazy("kemajuan dari angka awal"),
    Direction.RUBRIC: lazy("menurut tingkat"),
}
_WAY: Final = re.compile(rf"\(({'|'.join(_WAYS)})\)$")
_SHARES: Final = frozenset({"main_share_below", "positive_feedback"})
_LABEL_BY_NAME: Final = {str(key.value): words for key, words in LABELS.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of the value, in words and digits."""

    code: str
    name: str
    is_main: bool
    target: str
    realised: str
    achievement: str
    weight: str
    status: str
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Node:
    """One number of the tree, as `layout/explain.html` takes it."""

    label: str
    value: str
    formula: str
    source: str
    inputs: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the quadrant; `is_result` marks the one that applies."""

    predicate: str
    is_result: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """The fields of one rating of work results, by rating of behaviour."""

    work: str
    cells: tuple[Cell, ...]


def lines_of(score: ScoreResult, indicators: Iterable[Indicator]) -> tuple[Line, ...]:
    """Return the indicators of a score; those that the rule still describes carry their units."""
    known = {item.code: item for item in indicators}
    return tuple(_line(item, known.get(item.code)) for item in score.lines)


def _line(item: IndicatorScore, known: Indicator | None) -> Line:
    unit = known.unit if known is not None else ""
    is_level = known is not None and known.direction is Direction.RUBRIC
    return Line(
        item.code,
        item.name_id if language() == "id" else item.name_en,
        item.is_main,
        show_amount(item.target, unit) or "–",
        show_amount(item.realised, unit, is_level=is_level) or "–",
        in_digits(item.achievement),
        f"{as_entered(item.weight)}%",
        _(_STATUS[item.status]),
        item.status is MeasureStatus.MEASURED,
    )


def tree_of(explanation: Explanation, indicators: Iterable[Indicator] = ()) -> tuple[Node, ...]:
    """Return the tree of a score: each number with its formula and what went into it.

    :param indicators: that the rule still describes; below theirs the figures are called as the forms call them.
    """
    figures = {item.code: {field.name: _figure(field) for field in item.inputs} for item in indicators}
    return (_node(explanation, figures, {}),)


def _figure(field: MeasureField) -> str:
    return field.label_id if language() == "id" else field.label_en


def _node(item: Explanation, by_code: Mapping[str, Mapping[str, str]], figures: Mapping[str, str]) -> Node:
    figures = by_code.get(item.label_id.partition(" ")[0], figures)
    names = {**figures, **names_within(item.formula)}
    return Node(
        _WAY.sub(lambda found: f"({_(_WAYS[found[1]])})", item.label_id if language() == "id" else item.label_en),
        shown_value(item.value),
        formula_in_words(item.formula, names),
        "; ".join(f"{term(name, names)} = {_shown_part(name, value)}" for name, value in item.inputs.items()),
        tuple(_node(child, by_code, figures) for child in item.children),
    )


def _shown_part(name: str, value: str) -> str:
    """Return what went into a formula; a share of one in percent, as people say it."""
    if name not in _SHARES:
        return shown_input(value)
    return f"{show_number((Decimal(value) * 100).quantize(Decimal(1), ROUND_HALF_UP))}%"


def shown_value(value: str) -> str:
    """Return a value of the tree: a number with two places, a rating by its name, anything else as it stands."""
    words = _LABEL_BY_NAME.get(value)
    if words is not None:
        return speak(words)
    try:
        return in_digits(Decimal(value)) if value else "–"
    except InvalidOperation:
        return value


def shown_input(value: str) -> str:
    """Return what went into a formula: as `shown_value`, but a whole number without places."""
    shown = shown_value(value)
    return shown[:-3] if shown.endswith((",00", ".00")) else shown


def matrix(work: Rating | None, behaviour: Rating | None) -> tuple[MatrixRow, ...]:
    """Return the quadrant of PermenPANRB 6/2022 with the field of two ratings marked."""
    cells = rating_matrix()
    return tuple(
        MatrixRow(
            in_words(row),
            tuple(
                Cell(in_words(cells[row, column]), (row, column) == (work, behaviour)) for column in matrix_columns()
            ),
        )
        for row in Rating
    )


def matrix_columns() -> Iterator[Rating]:
    """Yield the ratings of behaviour in the order of the quadrant's columns."""
    yield from Rating


def column_names() -> tuple[str, ...]:
    """Return the headings of the quadrant's columns."""
    return tuple(speak(label(rating)) for rating in matrix_columns())
