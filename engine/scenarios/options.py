"""What may happen next in the case of a scenario: who may answer what, which services, messages and timers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from itertools import combinations, islice, product, zip_longest
from typing import Any, Final

from engine.bpmn.model import Element, Kind, Outline, Trigger
from engine.bpmn.release import Release
from engine.feel.comparing import Place, place_of
from engine.scenarios.compared import Values, compared_values, related_places, rows_of
from engine.scenarios.coverage import tables_of
from engine.scenarios.script import Complete, Hear, Pass, Scenario, Step
from engine.scenarios.standing import Point, Standing, Waits

#: Values that are tried for one task, service or message, of a thing that compares much.
MOST_VALUES: Final = 60
_MOST_FORMS: Final = 24
_MOST_BASES: Final = 6
_CHOICES: Final = frozenset({"choice", "radio"})
_NUMBERS: Final = frozenset({"integer", "decimal", "money"})
_UNANSWERED: Final = frozenset({"note", "file", "computed"})


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that may happen next: a step of the scenario, or the answer of a service.

    :param token: of the service call that is answered.
    """

    step: Step | None = None
    token: int = 0
    service: str = ""
    answer: Any = None

    def added_to(self, scenario: Scenario) -> Scenario:
        """Return the scenario in which this happens next."""
        if self.step is not None:
            return replace(scenario, steps=(*scenario.steps, self.step))
        before = scenario.services.get(self.service, ())
        return replace(scenario, services={**scenario.services, self.service: (*before, self.answer)})


@dataclass(frozen=True)
class Seen:
    """What the scenarios that there are say: answers of tasks by element, of services and messages by name."""

    tasks: dict[str, list[Any]] = field(default_factory=dict)
    services: dict[str, list[Any]] = field(default_factory=dict)
    messages: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, scenarios: Iterable[Scenario]) -> "Seen":
        """Return what scenarios say, each value once."""
        seen = cls()
        for scenario in scenarios:
            for name, answers in scenario.services.items():
                _keep(seen.services, name, answers)
            for step in scenario.steps:
                if isinstance(step, Complete):
                    _keep(seen.tasks, step.element, (step.answers,))
                elif isinstance(step, Hear):
                    _keep(seen.messages, step.message, (step.payload,))
        return seen


class Options:
    """What may happen next in cases of one release."""

    def __init__(self, release: Release, seen: Seen) -> None:
        """Look through the expressions and tables of the release once.

        :param seen: what is known to be answered; it is tried first.
        """
        self._outline, self._forms, self._seen = release.outline, release.forms, seen
        self.compared: Values = compared_values(release)
        self._rows = [row for table in tables_of(release).values() for row in rows_of(table)]
        self._related = related_places(release)
        self._values: dict[str, list[Any]] = {}

    def next(self, standing: Standing) -> Iterator[Option]:
        """Yield what may happen next; a missing answer comes before everything else."""
        missing = standing.unanswered
        if missing:
            yield from self._answers(missing[0])
            return
        ways = [self._at(point, standing.now) for point in standing.points]
        if standing.next_timer is not None:
            ways.insert(0, [Option(Pass(until=standing.next_timer))])
        # In turns: something else that may happen says more than another answer to the same question.
        yield from (option for turn in zip_longest(*ways) for option in turn if option is not None)

    def _at(self, point: Point, now: datetime) -> list[Option]:
        """Return what may happen at one point."""
        element = self._outline.elements[point.element]
        if point.waits is Waits.TASK:
            return [Option(Complete(element.id, value, point.place)) for value in self.of_task(element, now)]
        if point.waits is Waits.MESSAGE and point.message is not None:
            payloads = self._payloads(element, point.message)
            return [Option(Hear(point.message, point.key, value)) for value in payloads]
        return []

    def of_task(self, element: Element, now: datetime) -> list[Any]:
        """Return the answers that are tried for a task."""
        if element.id not in self._values:
            seen = self._seen.tasks.get(element.id, [])
            spec = self._forms.get(element.form or "")
            made = list(islice(_filled(spec, self.compared, element.result, now), _MOST_FORMS)) if spec else []
            varied = self._varied(element.result, [*seen, *made[:1]] or [{}])
            tried = [value for value in _distinct([*seen, *made, *varied]) if isinstance(value, Mapping)]
            self._values[element.id] = tried[:MOST_VALUES] or [{}]
        return self._values[element.id]

    def of_service(self, element: Element) -> list[Any]:
        """Return the answers that are tried for the service of an element, errors that something catches among them."""
        if element.id not in self._values:
            seen = [value for value in self._seen.services.get(element.service or "", []) if not _is_failure(value)]
            empty: list[Any] = [{}] if element.result else [None]
            thrown = [{"throws": code} for code in caught_at(self._outline, element)]
            varied = self._varied(element.result, seen or empty)
            self._values[element.id] = _distinct([*(seen or varied[:1] or empty), *thrown, *varied])[:MOST_VALUES]
        return self._values[element.id]

    def of_start(self, scenario: Scenario) -> Iterator[Scenario]:
        """Yield a scenario with other values for its start, one at a time."""
        for place, values in self.compared.items():
            if place[0] in scenario.start:
                for value in values:
                    yield replace(scenario, start=with_value(scenario.start, place, value))
        for row in self._rows:
            own = {place: value for place, value in row.items() if place[0] in scenario.start}
            if own:
                yield replace(scenario, start=with_values(scenario.start, own))

    def _answers(self, point: Point) -> Iterator[Option]:
        assert point.call is not None
        service, element = point.call.service, self._outline.elements[point.element]
        yield from (Option(None, point.token, service, value) for value in self.of_service(element))

    def _payloads(self, element: Element, message: str) -> list[Any]:
        if element.id not in self._values:
            seen, result = self._seen.messages.get(message, []), element.event.result if element.event else None
            tried = _distinct([*(seen or [{}]), *self._varied(result, seen or [{}])])
            self._values[element.id] = [value for value in tried if isinstance(value, Mapping)][:MOST_VALUES]
        return self._values[element.id]

    def _varied(self, result: str | None, bases: Sequence[Any]) -> list[Any]:
        """Return values of a variable in which one compared part is another, or what a rule of a table is for."""
        if result is None:
            return []
        found = list(self._listed(result, bases))
        for base in bases[:3]:
            own = self._own_values(result, base)
            whole = with_values(
                {result: base}, {place: values[0] for place, values in own.items() if not _has(base, place)}
            )
            for row in self._rows:
                part = {place: value for place, value in row.items() if place[0] == result}
                found += [with_values(whole, part)[result]] if part else []
            single = [(place, value) for place, values in own.items() for value in values]
            found += [with_value(whole, place, value)[result] for place, value in single]
            pairs = ((one, two) for one, two in combinations(single, 2) if one[0] != two[0])
            found += [with_values(whole, dict(pair))[result] for pair in islice(pairs, MOST_VALUES)]
        return _distinct(found)

    def _listed(self, result: str, bases: Sequence[Any]) -> Iterator[Any]:
        """Yield values in which a list that is decided about item by item has an item for each rule."""
        asking = (element for element in self._outline.elements.values() if element.decision is not None)
        for loop in (element.loop for element in asking if element.loop is not None):
            place = place_of(loop.collection) if loop.collection is not None else None
            if place is not None and place[0] == result and loop.item is not None:
                for base in bases[:_MOST_BASES]:
                    items = _at(base, place)
                    first = items[0] if isinstance(items, list) and items else {}
                    found = self._items(loop.item, first) if first else []
                    if found:
                        yield with_value({result: base}, place, found[:MOST_VALUES])[result]

    def _items(self, name: str, first: Any) -> list[Any]:
        """Return items that are like one of them, but for what a rule is for."""
        rows = ({place: value for place, value in row.items() if place[0] == name} for row in self._rows)
        return _distinct([with_values({name: first}, row)[name] for row in rows if row])

    def _own_values(self, result: str, base: Any) -> Values:
        """Return the values that are tried for the parts of a variable: what they are compared with, and around it."""
        own: Values = {place: list(values) for place, values in self.compared.items() if place[0] == result}
        for place, other in self._related:
            if place[0] != result or not isinstance(_at(base, place), Decimal):
                continue
            near = _at(base, other) if other[0] == result else None
            values = [near, near - 1, near + 1] if isinstance(near, Decimal) else [Decimal(0), Decimal(1_000_000)]
            own.setdefault(place, []).extend(values)
        return own


def with_values(variables: Mapping[str, Any], values: Mapping[Place, Any]) -> dict[str, Any]:
    """Return variables in which the parts at some paths are others."""
    found = dict(variables)
    for place, value in values.items():
        found = with_value(found, place, value)
    return found


def with_value(variables: Mapping[str, Any], place: Place, value: Any) -> dict[str, Any]:
    """Return variables in which the part at a path is another one."""
    name, rest = place[0], place[1:]
    if not rest:
        return {**variables, name: value}
    inner = variables.get(name)
    return {**variables, name: with_value(inner if isinstance(inner, Mapping) else {}, rest, value)}


def caught_at(outline: Outline, element: Element) -> list[str]:
    """Return the codes of errors that something around an element catches; of what catches any, a code of its own."""
    codes: list[str] = []
    around: Element | None = element
    while around is not None:
        events = [event for event in outline.boundaries.get(around.id, ()) if event.trigger is Trigger.ERROR]
        starts = [start for _sub, start in outline.event_sub_processes(around.container)]
        events += [start for start in starts if start.trigger is Trigger.ERROR]
        codes += [(event.event.name if event.event else None) or "ANY" for event in events]
        around = _host(outline, around)
    return list(dict.fromkeys(codes))


def _host(outline: Outline, element: Element) -> Element | None:
    """Return the activity inside which an element is drawn; None at the top."""
    if element.container in outline.elements:
        return outline.elements[element.container]
    calls = (one for one in outline.elements.values() if one.kind is Kind.CALL_ACTIVITY)
    return next((one for one in calls if one.called == element.container), None)


def _filled(spec: Mapping[str, Any], compared: Values, result: str | None, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield a form filled in, for each combination of what may be chosen in it."""
    fields: list[Mapping[str, Any]] = [one for one in spec.get("fields", []) if one.get("type") not in _UNANSWERED]
    values = [_field_values(one, compared.get((result or "", one["name"]), []), now) for one in fields]
    for picked in product(*values):
        given = dict(zip((one["name"] for one in fields), picked, strict=True))
        yield {one["name"]: given[one["name"]] for one in fields if _is_shown(one, given)}


def _field_values(field_spec: Mapping[str, Any], compared: Sequence[Any], now: datetime) -> list[Any]:
    """Return what may stand in a field; of what nobody compares, one value."""
    kind = field_spec.get("type")
    if kind in _CHOICES:
        return [choice["value"] for choice in field_spec.get("choices", [])] or [None]
    if kind == "checkbox":
        return [True] if field_spec.get("required") is True else [True, False]
    if kind == "multichoice":
        return [[choice["value"]] for choice in field_spec.get("choices", [])] or [[]]
    if kind in _NUMBERS:
        numbers = [value for value in compared if isinstance(value, Decimal)]
        return _distinct([Decimal(str(field_spec.get("min") or 1)), *numbers])
    if kind == "date":
        return [now.date()]
    return [[]] if kind == "table" else ["Uji coba skenario."]


def _is_shown(field_spec: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    when = field_spec.get("show_when")
    if not isinstance(when, Mapping) or "field" not in when:
        return True
    value = given.get(str(when.get("field")))
    return value == when["equals"] if "equals" in when else value != when.get("not_equals")


def _keep(found: dict[str, list[Any]], name: str, values: Iterable[Any]) -> None:
    found[name] = _distinct([*found.get(name, []), *values])


def _distinct(values: Iterable[Any]) -> list[Any]:
    kept: dict[str, Any] = {}
    for value in values:
        kept.setdefault(repr(value), value)
    return list(kept.values())


def _is_failure(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"fails"}


def _has(base: Any, place: Place) -> bool:
    """Say whether a value of a variable has the part at a path."""
    return len(place) == 1 or (isinstance(_at(base, place[:-1]), Mapping) and place[-1] in _at(base, place[:-1]))


def _at(base: Any, place: Place) -> Any:
    """Return the part at a path of a value of its variable; None if there is none."""
    for name in place[1:]:
        base = base.get(name) if isinstance(base, Mapping) else None
    return base
