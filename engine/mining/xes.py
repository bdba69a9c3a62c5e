"""Writes a log as XES (IEEE 1849-2016): a trace a case, with names, life cycle, resources and times."""

from collections.abc import Iterable, Iterator
from typing import TextIO
from xml.sax.saxutils import quoteattr

from engine.mining.events import CaseEvent
from engine.mining.hiding import PARTY, Name
from engine.mining.logs import Counted, Counting, LoggedCase, instant_text

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <global scope="trace"><string key="concept:name" value="-"/></global>
  <global scope="event">
    <string key="concept:name" value="-"/>
    <string key="lifecycle:transition" value="complete"/>
    <string key="org:resource" value="-"/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>
  </global>
  <classifier name="Activity" keys="concept:name"/>
  <classifier name="Activity and transition" keys="concept:name lifecycle:transition"/>
"""
_TAIL = "</log>\n"


def write_xes(file: TextIO, process: str, cases: Iterable[LoggedCase], name: Name) -> Counted:
    """Write the cases of a process and return how much that was.

    :param name: of cases and people in the file.
    """
    counting = Counting()
    file.write(_HEAD)
    file.write(f"  {_string('concept:name', process)}\n  {_string('lifecycle:model', 'standard')}\n")
    for case in counting.over(cases):
        file.writelines(_trace(case, name))
    file.write(_TAIL)
    return counting.counted


def _trace(case: LoggedCase, name: Name) -> Iterator[str]:
    yield "  <trace>\n"
    yield f"    {_string('concept:name', name('case', case.id))}\n"
    yield f'    <int key="alur:release" value="{case.release}"/>\n'
    yield f"    {_string('alur:status', case.status)}\n"
    for event in case.events:
        yield from _event(case, event, name)
    yield "  </trace>\n"


def _event(case: LoggedCase, event: CaseEvent, name: Name) -> Iterator[str]:
    yield f"    <event>{_string('concept:name', event.activity)}"
    if event.token is not None:
        yield _string("concept:instance", f"{event.element}-{event.token}")
    yield _string("lifecycle:transition", event.transition)
    yield _string("org:resource", event.role) + _string("org:role", event.role)
    yield f'<date key="time:timestamp" value="{instant_text(event.at)}"/>'
    yield _string("alur:element", event.element) + _string("alur:kind", event.kind)
    if event.person is not None:
        yield _string("alur:party", name(PARTY, event.person))
    yield "</event>\n"


def _string(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(value)}/>'
