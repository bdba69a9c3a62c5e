"""What the expressions and tables of a release compare its variables with: the values between which its ways part."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine.bpmn.references import expressions_of
from engine.bpmn.release import Release
from engine.dmn.boxes import DecisionTable
from engine.feel.comparing import Place, compared_in, near, passing, place_of, related_in
from engine.scenarios.coverage import tables_of

Values = dict[Place, list[Any]]


def compared_values(release: Release) -> Values:
    """Return the values that matter for each variable or part of one, by its path; the first ones are the plainest."""
    found: Values = {}
    for source in _expressions(release):
        for place, value in compared_in(source):
            _add(found, place, value)
    for table in tables_of(release).values():
        for row in rows_of(table):
            for place, given in row.items():
                for value in (given, *near(given)):
                    _add(found, place, value)
    return found


def related_places(release: Release) -> list[tuple[Place, Place]]:
    """Return the pairs of paths that are compared with each other, each pair both ways."""
    found: dict[tuple[Place, Place], None] = {}
    for left, right in (pair for source in _expressions(release) for pair in related_in(source)):
        found |= {(left, right): None, (right, left): None}
    return list(found)


def rows_of(table: DecisionTable) -> Iterator[Mapping[Place, Any]]:
    """Yield for each rule values that it is for, by the paths of its columns, as far as its cells name some.

    What no rule names comes last: a rule that takes anything needs it.
    """
    places = [place_of(column.expression) for column in table.inputs]
    rows: list[dict[Place, Any]] = []
    for rule in table.rules:
        cells = zip(places, map(passing, rule.tests), strict=True)
        rows.append({place: values[0] for place, values in cells if place is not None and values})
    yield from rows
    named = {place: [row[place] for row in rows if place in row] for place in places if place is not None}
    yield {place: _another(values) for place, values in named.items() if values}


def _another(values: list[Any]) -> Any:
    """Return a value that is none of these."""
    if all(isinstance(value, bool) for value in values):
        return not values[0] if len(set(values)) == 1 else None
    if all(isinstance(value, Decimal) for value in values):
        return min(values) - 1
    return None


def _expressions(release: Release) -> Iterator[str]:
    outline = release.outline
    for element in outline.elements.values():
        yield from expressions_of(element)
    yield from (flow.condition for flow in outline.flows.values() if flow.condition is not None)
    for table in tables_of(release).values():
        yield from (column.expression for column in table.inputs)


def _add(found: Values, place: Place, value: object) -> None:
    values = found.setdefault(place, [])
    if not any(type(known) is type(value) and known == value for known in values):
        values.append(value)
