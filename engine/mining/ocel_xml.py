"""Writes a log as OCEL 2.0 in XML: what `engine.mining.ocel` tells in JSON, for programs that read only this."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from engine.mining.hiding import Name
from engine.mining.logs import Cases, Counted, Counting
from engine.mining.ocel import Things, event_types, object_types

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log>\n'
_TAIL = "</log>\n"


def write_ocel_xml(file: TextIO, process: str, cases: Cases, name: Name) -> Counted:
    """Write the cases of a process and return how much that was.

    :param cases: are gone through twice: the format has its types and objects before its events.
    :param name: of cases and people in the file.
    """
    counting, things = Counting(), Things(process, name)
    activities = {event["type"] for case in cases() for event in things.events_of(case)}
    file.write(_HEAD)
    file.writelines(_whole("object-types", (_type("object-type", item) for item in object_types(process))))
    file.writelines(_whole("event-types", (_type("event-type", item) for item in event_types(sorted(activities)))))
    file.writelines(_whole("objects", (_item("object", item) for item in things.objects())))
    events = (event for case in counting.over(cases()) for event in things.events_of(case))
    file.writelines(_whole("events", (_item("event", event) for event in events)))
    file.write(_TAIL)
    return counting.counted


def _whole(tag: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"  <{tag}>\n"
    for line in lines:
        yield f"    {line}\n"
    yield f"  </{tag}>\n"


def _type(tag: str, item: Mapping[str, Any]) -> str:
    attributes = "".join(f"<attribute{_named(one)}/>" for one in item["attributes"])
    return f"<{tag} name={quoteattr(item['name'])}><attributes>{attributes}</attributes></{tag}>"


def _item(tag: str, item: Mapping[str, Any]) -> str:
    own = {key: item[key] for key in ("id", "type", "time") if key in item}
    attributes = "".join(_attribute(one) for one in item["attributes"])
    related = "".join(
        f"<relationship object-id={quoteattr(one['objectId'])} qualifier={quoteattr(one['qualifier'])}/>"
        for one in item["relationships"]
    )
    return f"<{tag}{_named(own)}><attributes>{attributes}</attributes><objects>{related}</objects></{tag}>"


def _attribute(item: Mapping[str, Any]) -> str:
    named = {key: value for key, value in item.items() if key != "value"}
    return f"<attribute{_named(named)}>{escape(str(item['value']))}</attribute>"


def _named(values: Mapping[str, Any]) -> str:
    return "".join(f" {key}={quoteattr(str(value))}" for key, value in values.items())
