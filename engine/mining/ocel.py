"""Writes a log as OCEL 2.0 in JSON: events of cases, of the tasks in them, of the roles that do them, and of people."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO

from engine.mining.events import CaseEvent
from engine.mining.hiding import PARTY, Name
from engine.mining.logs import Cases, Counted, Counting, LoggedCase, instant_text

_EPOCH: Final = "1970-01-01T00:00:00.000Z"
_CASE: Final = ("release", "integer"), ("status", "string")
_TASK: Final = (("element", "string"),)
_ROLE: Final = (("name", "string"),)
_EVENT: Final = ("element", "string"), ("kind", "string"), ("transition", "string")


def write_ocel(file: TextIO, process: str, cases: Cases, name: Name) -> Counted:
    """Write the cases of a process and return how much that was.

    :param cases: are gone through twice: the format names its types before its events.
    :param name: of cases and people in the file.
    """
    types = sorted({event.activity for case in cases() for event in case.events})
    counting, things = Counting(), Things(process, name)
    file.write('{"objectTypes": ')
    file.write(_text(object_types(process)))
    file.write(',\n"eventTypes": ')
    file.write(_text(event_types(types)))
    file.write(',\n"events": [')
    events = (one for case in counting.over(cases()) for one in things.events_of(case))
    _write_all(file, events)
    file.write('],\n"objects": [')
    _write_all(file, things.objects())
    file.write("]}\n")
    return counting.counted


def object_types(process: str) -> list[dict[str, Any]]:
    """Return the types of the objects in a log of a process."""
    return [_type(process, _CASE), _type("task", _TASK), _type("role", _ROLE), _type(PARTY)]


def event_types(activities: Iterable[str]) -> list[dict[str, Any]]:
    """Return the types of the events in a log, one an activity."""
    return [_type(activity, _EVENT) for activity in activities]


class Things:
    """The objects that events name, gathered while these are written."""

    def __init__(self, process: str, name: Name) -> None:
        """Begin with none."""
        self._process, self._name = process, name
        self._cases: dict[str, LoggedCase] = {}
        self._tasks: dict[str, tuple[str, str]] = {}
        self._roles: dict[str, str] = {}
        self._parties: set[str] = set()

    def events_of(self, case: LoggedCase) -> Iterator[dict[str, Any]]:
        """Yield the events of a case as the format has them."""
        case_name = self._name("case", case.id)
        self._cases[case_name] = case
        about = self._name(PARTY, case.subject)
        self._parties.add(about)
        for event in case.events:
            yield self._event(case_name, about, event)

    def _event(self, case: str, about: str, event: CaseEvent) -> dict[str, Any]:
        role = self._roles.setdefault(event.role, f"role-{len(self._roles) + 1}")
        related = [(case, "case"), (about, "about"), (role, "role")]
        if event.token is not None:
            task = f"{case}-task-{event.token}-{event.element}"
            self._tasks[task] = case, event.element
            related.append((task, "task"))
        if event.person is not None:
            person = self._name(PARTY, event.person)
            self._parties.add(person)
            related.append((person, "by"))
        values = {"element": event.element, "kind": event.kind, "transition": event.transition.value}
        return {
            "id": f"{case}-{event.number}",
            "type": event.activity,
            "time": instant_text(event.at),
            "attributes": [{"name": key, "value": value} for key, value in values.items()],
            "relationships": _related(related),
        }

    def objects(self) -> Iterator[dict[str, Any]]:
        """Yield what the events so far have named."""
        for name, case in self._cases.items():
            values = {"release": case.release, "status": case.status}
            yield _object(name, self._process, values, [(self._name(PARTY, case.subject), "about")])
        for name, (case_name, element) in self._tasks.items():
            yield _object(name, "task", {"element": element}, [(case_name, "case")])
        for role, name in self._roles.items():
            yield _object(name, "role", {}, [], label=role)
        for name in sorted(self._parties):
            yield _object(name, PARTY, {}, [])


def _object(
    name: str, kind: str, values: dict[str, Any], related: list[tuple[str, str]], label: str = ""
) -> dict[str, Any]:
    found = {**values, **({"name": label} if label else {})}
    return {
        "id": name,
        "type": kind,
        "attributes": [{"name": key, "time": _EPOCH, "value": value} for key, value in found.items()],
        "relationships": _related(related),
    }


def _related(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"objectId": name, "qualifier": qualifier} for name, qualifier in pairs]


def _type(name: str, attributes: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": key, "type": kind} for key, kind in attributes]}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write_all(file: TextIO, items: Iterable[object]) -> None:
    for number, item in enumerate(items):
        file.write(f"{',' if number else ''}\n{_text(item)}")
