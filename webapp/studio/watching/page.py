"""Everything that the page of a watched process shows, in the reader's words."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil, sqrt
from typing import Any, Final

from engine.bpmn.model import GATEWAYS, LINK, Element, Kind, Outline
from engine.mining.few import told_of_few
from engine.mining.figures import MOST_PEOPLE, Figures
from engine.mining.spread import quantile
from engine.queries.incidents import IncidentGroup
from engine.queries.mining import ElementTotals
from webapp.studio.watching.reading import Asked, Watched
from webapp.studio.watching.wording import percent, working_time
from webapp.texts import gettext as _
from webapp.texts import language, lazy, ngettext, show_number

#: Of fewer people nothing is told that would tell of single ones.
LEAST: Final = MOST_PEOPLE
LEVELS: Final = 4
MOST_LINES: Final = 8
#: Working days from which on a running case is counted in the next column of ages.
AGES: Final = (3, 6, 11)
_NOTHING: Final = ElementTotals()


class Measure(StrEnum):
    """What the colours of the diagram stand for."""

    COUNT = "jumlah"
    MEDIAN = "median"
    NINETY = "sembilan-puluh"
    RETURNED = "kembali"
    FAILED = "kendala"


MEASURES: Final[Mapping[Measure, str]] = {
    Measure.COUNT: lazy("Berapa kali dilalui"),
    Measure.MEDIAN: lazy("Lama, separuh kasus"),
    Measure.NINETY: lazy("Lama, 90% kasus"),
    Measure.RETURNED: lazy("Kembali lagi"),
    Measure.FAILED: lazy("Kendala"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An element of the diagram with its figures.

    :param level: how strong its colour is, 0 to `LEVELS`.
    :param text: what the diagram shows on it.
    :param is_hidden: fewer than `LEAST` people, whom the cases are about or who did it: how long it took, and how often
        it came back, is not said.
    :param handled: how long the work took of whoever had taken it.
    :param ages: how many running cases stand there, by the columns of `AGES`.
    :param is_few: fewer than `LEAST` cases stand there, or fewer people have them to do: since when is not said.
    """

    id: str
    name: str
    lane: str
    level: int
    text: str
    count: str
    median: str
    ninety: str
    returned: str
    failed: str
    on_time: str
    queued: str
    handled: str
    share: str
    is_hidden: bool
    standing: int
    oldest: str
    ages: tuple[int, ...]
    is_few: bool


@dataclass(frozen=True, slots=True)
class Stuck:
    """What is stuck for one cause.

    :param cause: by which all of it is tried again.
    """

    cause: str
    name: str
    code: str
    text: str
    size: int


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways at a choice."""

    choice: str
    name: str
    count: str
    share: str


@dataclass(frozen=True, slots=True)
class WatchPage:
    """The page.

    :param heat: what the diagram shows, by element or flow: level and text.
    :param lines: what the table shows: all but choices, whose ways have a table of their own.
    :param slow: where cases wait longest altogether, the longest first; `again` the tasks to which they come back.
    :param due: the share within the due date, of steps of which that is known.
    :param waiting: where running cases stand.
    """

    process: str
    name: str
    number: int
    heat: dict[str, Any]
    lines: tuple[Line, ...]
    slow: tuple[Line, ...]
    again: tuple[Line, ...]
    due: tuple[Line, ...]
    failing: tuple[Line, ...]
    waiting: tuple[Line, ...]
    ways: tuple[Way, ...]
    stuck: tuple[Stuck, ...]
    has_hidden: bool
    has_few: bool


def watch_page(watched: Watched, measure: Measure) -> WatchPage:
    """Return the page of a process.

    :param measure: what the colours stand for.
    """
    outline, totals = watched.release.outline, watched.watch.elements
    told = [element for element in outline.elements.values() if element.id in totals]
    hidden = _hidden(told, totals)
    making = _Making(watched, measure, hidden, told)
    lines = [making.line(element) for element in told if _is_told(element)]
    by_id = {line.id: line for line in lines}
    return WatchPage(
        watched.process,
        outline.names.get(language()) or outline.names["id"],
        watched.number,
        {"elements": {line.id: [line.level, line.text] for line in lines}, "flows": dict(_flow_texts(watched))},
        tuple(line for line in lines if outline.elements[line.id].kind not in GATEWAYS),
        _first(by_id, totals, "working_minutes", hidden),
        _first({name: by_id[name] for name in by_id if outline.elements[name].is_human}, totals, "returned", hidden),
        tuple(line for line in lines if line.on_time != "–"),
        _first(by_id, totals, "failed", frozenset()),
        tuple(sorted((line for line in lines if line.standing), key=lambda line: -line.standing)),
        tuple(_ways(outline, totals)),
        tuple(_stuck(group) for group in watched.stuck),
        bool(hidden & by_id.keys()),
        any(line.is_few for line in lines),
    )


@dataclass(frozen=True, slots=True)
class _Making:
    watched: Watched
    measure: Measure
    hidden: frozenset[str]
    told: Sequence[Element]

    def line(self, element: Element) -> Line:
        totals = self.watched.watch.elements[element.id]
        figures, is_hidden = totals.figures, element.id in self.hidden
        minutes = self.watched.office.day_minutes
        ages, standing = tuple(self._ages(totals)), sum(totals.standing.values())
        return Line(
            element.id,
            element.names.get(language()) or element.names.get("id") or element.id,
            _lane(self.watched.release.outline, element),
            0 if is_hidden and self.measure not in _COUNTS else self._level(figures),
            self._text(figures, is_hidden=is_hidden),
            show_number(figures.left_count),
            "–" if is_hidden else working_time(quantile(figures.working, 0.5), minutes),
            "–" if is_hidden else working_time(quantile(figures.working, 0.9), minutes),
            "–" if is_hidden else show_number(figures.returned),
            show_number(figures.failed),
            "–" if is_hidden else percent(figures.on_time, figures.on_time + figures.late),
            "–" if is_hidden else working_time(quantile(figures.queued, 0.5), minutes),
            "–" if is_hidden else working_time(quantile(figures.handled, 0.5), minutes),
            "–" if is_hidden else percent(figures.working_minutes, self._all_minutes()),
            is_hidden,
            standing,
            self._oldest(totals),
            ages,
            0 < standing < LEAST or (standing > 0 and self._is_held_by_few(element, figures)),
        )

    def _is_held_by_few(self, element: Element, figures: Figures) -> bool:
        """Whoever does a step is known by those who did it, and by whom its tasks wait for now."""
        holders = figures.doers | self.watched.holders.get(element.id, frozenset())
        return element.is_human and len(holders) < LEAST

    def _all_minutes(self) -> int:
        return sum(self.watched.watch.elements[element.id].figures.working_minutes for element in self.told)

    def _level(self, figures: Figures) -> int:
        most = max((_measured(self.measure, one.figures) for one in self._all()), default=0.0)
        return ceil(LEVELS * sqrt(_measured(self.measure, figures) / most)) if most else 0

    def _all(self) -> Iterator[ElementTotals]:
        return (self.watched.watch.elements[element.id] for element in self.told if element.id not in self.hidden)

    def _text(self, figures: Figures, *, is_hidden: bool) -> str:
        if self.measure in _COUNTS:
            return show_number(round(_measured(self.measure, figures)))
        if is_hidden or not figures.working:
            return ""
        if self.measure is Measure.RETURNED:
            return show_number(figures.returned)
        return working_time(_measured(self.measure, figures), self.watched.office.day_minutes)

    def _ages(self, totals: ElementTotals) -> list[int]:
        found = [0] * (len(AGES) + 1)
        for day, count in totals.standing.items():
            found[bisect_right(AGES, self._working_days(day))] += count
        return found

    def _oldest(self, totals: ElementTotals) -> str:
        if not totals.standing:
            return ""
        days = self._working_days(min(totals.standing))
        if not days:
            return _("hari ini")
        return ngettext("%(count)s hari kerja", "%(count)s hari kerja", days)

    def _working_days(self, day: date) -> int:
        return max(0, self.watched.calendar.working_days_between(day, self.watched.today))


_COUNTS: Final = frozenset({Measure.COUNT, Measure.FAILED})


def _measured(measure: Measure, figures: Figures) -> float:
    if measure is Measure.COUNT:
        return figures.left_count
    if measure is Measure.FAILED:
        return figures.failed
    if measure is Measure.RETURNED:
        return figures.returned
    return quantile(figures.working, 0.5 if measure is Measure.MEDIAN else 0.9) or 0.0


def _is_told(element: Element) -> bool:
    """Whoever looks at a process looks for steps and waits; gateways without a question say nothing."""
    return element.kind not in GATEWAYS or bool(element.names.get("id"))


def _hidden(told: Iterable[Element], totals: Mapping[str, ElementTotals]) -> frozenset[str]:
    """Return the elements whose times would tell of single people: of those whom the cases are about, or of those who
    did it, for how long a task lies there is how long they take.
    """
    by_id = {element.id: element for element in told}
    figures = {name: totals[name].figures for name in by_id}
    return told_of_few(figures, {name for name, element in by_id.items() if element.is_human})


def _first(
    lines: Mapping[str, Line], totals: Mapping[str, ElementTotals], name: str, hidden: frozenset[str]
) -> tuple[Line, ...]:
    values = {line: getattr(totals[line].figures, name) for line in lines if line not in hidden}
    found = sorted((line for line, value in values.items() if value), key=lambda line: -values[line])
    return tuple(lines[line] for line in found[:MOST_LINES])


def _flow_texts(watched: Watched) -> Iterator[tuple[str, str]]:
    for flow in watched.release.outline.flows:
        count = watched.watch.elements.get(flow, _NOTHING).figures.left_count
        if count and not flow.endswith(LINK):
            yield flow, show_number(count)


def _stuck(group: IncidentGroup) -> Stuck:
    names = group.element.names if group.element is not None else {}
    name = _named(names, _("Kasus secara keseluruhan"))
    return Stuck(group.cause, name, group.code, group.text, group.size)


def _ways(outline: Outline, totals: Mapping[str, ElementTotals]) -> Iterator[Way]:
    """Yield how often each way was gone at the choices of the diagram."""
    for element in outline.elements.values():
        flows = [outline.flows[flow] for flow in element.outgoing]
        counts = {flow.id: totals.get(flow.id, _NOTHING).figures.left_count for flow in flows}
        if element.kind is not Kind.EXCLUSIVE_GATEWAY or len(flows) < 2 or not any(counts.values()):
            continue
        for flow in flows:
            target = outline.elements[flow.target].names
            name = (
                flow.names.get(language()) or flow.names.get("id") or _("ke %(name)s", name=_named(target, flow.target))
            )
            share = percent(counts[flow.id], sum(counts.values()))
            yield Way(_named(element.names, element.id), name, show_number(counts[flow.id]), share)


def _named(names: Mapping[str, str], otherwise: str) -> str:
    return names.get(language()) or names.get("id") or otherwise


def _lane(outline: Outline, element: Element) -> str:
    names = next((lane.names for lane in outline.lanes if lane.id == element.lane), {})
    return names.get(language(), "")


def asked_of(month: str, number: str) -> Asked | None:
    """Return what an address asks for; None if nothing can be meant by it.

    :param month: `2026-11`, or nothing for all.
    """
    try:
        first = date.fromisoformat(f"{month}-01") if month else None
    except ValueError:
        return None
    if number and not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER):
        return None
    return Asked(first, int(number) if number else None)


_LONGEST_NUMBER: Final = 6
