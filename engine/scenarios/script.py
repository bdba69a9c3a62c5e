"""A scenario as data: with what a case starts, what happens to it, and where it must stand in the end."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from engine.bpmn.durations import read_duration
from engine.calendar import WorkCalendar
from engine.errors import Invalid, Problem
from engine.scenarios.world import is_thrown

ZONE: Final = "Asia/Jakarta"
#: Tasks of one element that may wait at once and still be told apart.
MOST_PLACES: Final = 10_000
#: More days than people have holidays in a lifetime of cases.
MOST_HOLIDAYS: Final = 1000


class ScenarioRefused(Invalid):
    """A scenario is not written as scenarios are; `problem` says what is wrong, and where."""

    code = "scenario.refused"

    def __init__(self, where: str, id_text: str, en_text: str) -> None:
        """Remember the part and what belongs there, in both languages."""
        super().__init__(f"{where}: {en_text}", where=where)
        self.problem = Problem(where, "scenario", {"id": id_text, "en": en_text})


@dataclass(frozen=True, slots=True)
class Complete:
    """A person completes the task of an element.

    :param place: which of several tasks of that element that wait, from 0.
    """

    element: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    place: int = 0


@dataclass(frozen=True, slots=True)
class Pass:
    """Time passes: so long, or until an instant; timers fire on the way."""

    lasts: timedelta | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hear:
    """A message comes from outside, or a signal.

    :param key: only to who waits under this key; None for whoever waits for the message.
    """

    message: str
    key: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Retry:
    """An operator tries an element again that has failed."""

    element: str


Step = Complete | Pass | Hear | Retry


@dataclass(frozen=True, slots=True)
class Expectation:
    """Where a case must stand when all has happened; None where the scenario does not say.

    :param at: the tasks and events that wait, sorted.
    :param failed: the elements that wait with an incident; none unless the scenario names them.
    :param sent: the names of the messages that the case has sent, in order.
    """

    ended: bool | None = None
    at: Sequence[str] | None = None
    failed: Sequence[str] = ()
    sent: Sequence[str] | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way through a diagram.

    :param process: id of the process.
    :param names: what happens in it, by language.
    :param begins: the instant at which the case starts, with its zone.
    :param start: the variables with which it starts.
    :param start_event: the start event, if it is not the plain one.
    :param services: what each service answers, call by call; the last answer repeats.
    :param holidays: the holidays as they were known when it was written: its days are counted by no other list, so
        that it goes next year as it goes today.
    """

    process: str
    names: Mapping[str, str]
    begins: datetime
    start: Mapping[str, Any]
    steps: Sequence[Step]
    expect: Expectation
    services: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    start_event: str | None = None
    holidays: Sequence[date] = ()

    @property
    def work_days(self) -> WorkCalendar:
        """The days that count in it: Monday to Friday without its holidays."""
        return WorkCalendar("scenario", frozenset(self.holidays), 5)


def read_scenario(content: Mapping[str, Any]) -> Scenario:
    """Return a scenario from plain data, whose numbers are exact and whose dates are dates.

    :raise ScenarioRefused: a part is missing, unknown, or not what it should be.
    """
    _known(content, _SCENARIO, "")
    _require_writable(content)
    steps = tuple(_step(item, f"steps[{place}]") for place, item in enumerate(_list(content, "steps")))
    return Scenario(
        _text(content, "process"),
        {language: str(name) for language, name in _context(content, "name").items()},
        _instant(content, "at"),
        dict(_context(content, "start")),
        steps,
        _expectation(_context(content, "expect")),
        {name: _answers(name, given) for name, given in _context(content, "services").items()},
        _text_or_none(content, "start_event"),
        _days(content, "holidays"),
    )


_SCENARIO = frozenset(
    {"process", "name", "at", "zone", "holidays", "start", "start_event", "services", "steps", "expect"}
)
_EXPECTED = frozenset({"ended", "at", "failed", "sent", "variables"})


def _in(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _known(content: Mapping[str, Any], names: frozenset[str], where: str) -> None:
    unknown = sorted(content.keys() - names)
    if unknown:
        given, known = ", ".join(unknown), ", ".join(sorted(names))
        raise ScenarioRefused(where, f"{given} tidak dikenal; yang ada: {known}.", f"unknown {given}; known: {known}.")


def _require_writable(content: Mapping[str, Any]) -> None:
    """Refuse what JSON may hold in escapes or by name, and no file, page or table can: half characters, and NaN."""
    try:
        json.dumps(content, ensure_ascii=False, allow_nan=False, default=str).encode()
    except ValueError as error:
        id_text = "ada huruf atau bilangan yang tidak dapat disimpan, seperti \\ud800 atau NaN; hapus atau ganti."
        en_text = "it holds a character or number that cannot be kept, such as \\ud800 or NaN; remove or change it."
        raise ScenarioRefused("", id_text, en_text) from error


def _text(content: Mapping[str, Any], name: str, where: str = "") -> str:
    value = content.get(name)
    if not isinstance(value, str) or not value:
        raise ScenarioRefused(_in(where, name), "di sini harus ada teks.", "a text belongs here.")
    return value


def _text_or_none(content: Mapping[str, Any], name: str, where: str = "") -> str | None:
    value = content.get(name)
    if value is not None and not isinstance(value, str):
        raise ScenarioRefused(_in(where, name), "di sini harus ada teks.", "a text belongs here.")
    return value


def _texts(content: Mapping[str, Any], name: str, where: str) -> list[str]:
    value = _list(content, name, where)
    if not all(isinstance(item, str) for item in value):
        raise ScenarioRefused(_in(where, name), "di sini harus ada daftar teks.", "a list of texts belongs here.")
    return list(value)


def _context(content: Mapping[str, Any], name: str, where: str = "") -> Mapping[str, Any]:
    value = content.get(name, {})
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise ScenarioRefused(_in(where, name), "di sini harus ada objek.", "an object belongs here.")
    return value


def _list(content: Mapping[str, Any], name: str, where: str = "") -> Sequence[Any]:
    value = content.get(name, [])
    if not isinstance(value, list):
        raise ScenarioRefused(_in(where, name), "di sini harus ada daftar.", "a list belongs here.")
    return value


def _instant(content: Mapping[str, Any], name: str, where: str = "") -> datetime:
    value = content.get(name)
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        found = found if found.tzinfo is not None else found.replace(tzinfo=_zone(content, where))
        found.astimezone(UTC)
    except (ValueError, OverflowError) as error:  # the first and last days of the calendar have no instant in UTC
        usual = "2026-01-05T08:00:00+07:00"
        id_text, en_text = f"di sini harus ada waktu seperti {usual}.", f"an instant such as {usual} belongs here."
        raise ScenarioRefused(_in(where, name), id_text, en_text) from error
    return found


def _days(content: Mapping[str, Any], name: str) -> Sequence[date]:
    given = _list(content, name)
    try:
        found = {_day(item) for item in given[: MOST_HOLIDAYS + 1]}
    except ValueError as error:
        id_text, en_text = "tanggal seperti 2026-12-25.", "a day such as 2026-12-25 belongs here."
        raise ScenarioRefused(name, id_text, en_text) from error
    if len(given) > MOST_HOLIDAYS:
        raise ScenarioRefused(name, f"paling banyak {MOST_HOLIDAYS} tanggal.", f"at most {MOST_HOLIDAYS} days.")
    return tuple(sorted(found))


def _day(item: Any) -> date:
    """Return a day.

    :raise ValueError: it is none.
    """
    is_day = isinstance(item, date) and not isinstance(item, datetime)
    return item if is_day else date.fromisoformat(str(item))


def _zone(content: Mapping[str, Any], where: str) -> tzinfo:
    try:
        return ZoneInfo(content.get("zone", ZONE))
    except (KeyError, ValueError, TypeError, OSError) as error:
        id_text, en_text = f"di sini harus ada zona waktu seperti {ZONE}.", f"a time zone such as {ZONE} belongs here."
        raise ScenarioRefused(_in(where, "zone"), id_text, en_text) from error


def _answers(name: str, given: Any) -> Sequence[Any]:
    where = f"services.{name}"
    if not isinstance(given, list) or not given:
        raise ScenarioRefused(where, "di sini harus ada daftar jawaban.", "a list of answers goes here.")
    for place, answer in enumerate(given):
        if isinstance(answer, Mapping) and is_thrown(answer):
            _context(answer, "payload", f"{where}[{place}]")
    return given


def _step(item: Any, where: str) -> Step:
    """Return a step by the name that says what happens in it."""
    kinds = [kind for kind in _STEPS if isinstance(item, Mapping) and kind in item]
    if len(kinds) != 1:
        known = ", ".join(_STEPS)
        raise ScenarioRefused(where, f"di sini harus ada salah satu: {known}.", f"one of these belongs here: {known}.")
    names, read = _STEPS[kinds[0]]
    _known(item, names | {kinds[0]}, where)
    return read(item, where)


def _complete(item: Mapping[str, Any], where: str) -> Step:
    place = item.get("place", 0)
    if not isinstance(place, int | Decimal) or not 0 <= place < MOST_PLACES or place != int(place):
        raise ScenarioRefused(f"{where}.place", "bilangan bulat mulai 0.", "a whole number from 0 belongs here.")
    return Complete(_text(item, "complete", where), dict(_context(item, "answers", where)), int(place))


def _wait(item: Mapping[str, Any], where: str) -> Step:
    value = item["wait"]
    lasts = value if isinstance(value, timedelta) else read_duration(str(value))
    if lasts is None:
        raise ScenarioRefused(f"{where}.wait", "lama waktu seperti P5D.", "a duration such as P5D belongs here.")
    return Pass(lasts=lasts)


def _until(item: Mapping[str, Any], where: str) -> Step:
    return Pass(until=_instant(item, "until", where))


def _hear(item: Mapping[str, Any], where: str) -> Step:
    name = "message" if "message" in item else "signal"
    key = _text_or_none(item, "key", where)
    return Hear(_text(item, name, where), key, dict(_context(item, "payload", where)))


def _retry(item: Mapping[str, Any], where: str) -> Step:
    return Retry(_text(item, "retry", where))


_STEPS: Final[Mapping[str, tuple[frozenset[str], Callable[[Mapping[str, Any], str], Step]]]] = {
    "complete": (frozenset({"answers", "place"}), _complete),
    "wait": (frozenset(), _wait),
    "until": (frozenset(), _until),
    "message": (frozenset({"key", "payload"}), _hear),
    "signal": (frozenset({"payload"}), _hear),
    "retry": (frozenset(), _retry),
}


def _expectation(content: Mapping[str, Any]) -> Expectation:
    _known(content, _EXPECTED, "expect")
    ended = content.get("ended")
    if ended is not None and not isinstance(ended, bool):
        raise ScenarioRefused("expect.ended", "true atau false.", "true or false belongs here.")
    return Expectation(
        ended,
        sorted(_texts(content, "at", "expect")) if "at" in content else None,
        sorted(_texts(content, "failed", "expect")),
        _texts(content, "sent", "expect") if "sent" in content else None,
        dict(_context(content, "variables", "expect")),
    )
