"""Where a play stands, in the reader's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from engine.bpmn.deciding import Decided
from engine.bpmn.model import LINK
from engine.bpmn.release import Release
from engine.dmn.hearing import TableTrace
from engine.errors import ElementFailed
from engine.scenarios import Complete, Happening, Hear, Move, Pass, Point, Retry, Scenario, ServiceCall, Step, Waits
from engine.scenarios.options import caught_at
from webapp.current import current_city
from webapp.reasons import in_plain_words
from webapp.studio.play.acting import Played
from webapp.studio.play.ground import Ground
from webapp.studio.play.sent_files import with_file_words
from webapp.studio.play.typed import Row, rows_of
from webapp.texts import gettext as _
from webapp.texts import language, lazy, show_day, show_instant
from webapp.values import in_words, show_value


@dataclass(frozen=True, slots=True)
class PointLine:
    """One point at which the play waits, and what may be done there.

    :param facts: what is known of it, by its name.
    :param detail: what the engine said of a failure, in English.
    :param known: answers that the scenarios give, to be chosen by their place.
    :param codes: of errors that the diagram catches here.
    :param rows: of the content of a message.
    """

    waits: Waits
    element: str
    name: str
    lane: str
    place: int = 0
    facts: tuple[tuple[str, str], ...] = ()
    detail: str = ""
    service: str = ""
    known: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    message: str = ""
    key: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A table that was asked: what it looked at, which rules applied, and what came out."""

    name: str
    looked_at: str
    rules: str
    result: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One happening: what it was, the steps behind it, and what would have gone outside."""

    title: str
    when: str
    passed: tuple[str, ...]
    rules: tuple[RuleLine, ...]
    outside: tuple[str, ...]
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlayPage:
    """A play as its page shows it.

    :param last: what going back one step would undo; empty at the beginning.
    :param answers: what services were said to answer, as it can be typed.
    :param sent: messages that would have been sent.
    :param holidays: days on which nobody works.
    """

    now: str
    has_ended: bool
    points: tuple[PointLine, ...]
    variables: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    sent: tuple[str, ...]
    story: tuple[StoryLine, ...]
    marks: Mapping[str, Any]
    last: str
    holidays: tuple[str, ...]
    start: tuple[Row, ...]
    answers: tuple[tuple[str, str], ...]
    has_timer: bool


_HAPPENED: Final[Mapping[Happening, str]] = {
    Happening.BEGINS: lazy("Kasus “%(name)s” dimulai"),
    Happening.COMPLETE: lazy("Tugas “%(name)s” dikirim"),
    Happening.TIMER: lazy("Waktu “%(name)s” tiba"),
    Happening.MESSAGE: lazy("Pesan “%(name)s” diterima"),
    Happening.RETRY: lazy("“%(name)s” dicoba lagi"),
}


def play_page(ground: Ground, play: Played) -> PlayPage:
    """Return the page of a play."""
    release, standing = ground.release, play.standing
    assert release is not None
    steps = play.scenario.steps
    return PlayPage(
        now=_at(standing.now, play.scenario),
        has_ended=standing.has_ended,
        points=tuple(_point(ground, release, point, play) for point in standing.points if _is_shown(release, point)),
        variables=tuple((name, _in_words(value)) for name, value in standing.variables.items()),
        names=tuple(standing.variables),
        sent=tuple(_sent(one.message, one.key, one.payload) for one in standing.sent),
        story=tuple(reversed([_story(release, move, play) for move in standing.moves])),
        marks=_marks(release, play),
        last=_step(release, steps[-1], play.scenario) if steps else "",
        holidays=tuple(map(show_day, play.scenario.holidays)),
        start=tuple(rows_of(play.scenario.start)),
        answers=tuple((name, show_value(list(given))) for name, given in play.scenario.services.items()),
        has_timer=standing.next_timer is not None,
    )


def name_of(release: Release, element: str) -> str:
    """Return what an element, or the process itself, is called; its id if it has no name."""
    found = release.outline.elements.get(element)
    names = found.names if found is not None else release.outline.names if element == release.process else {}
    return names.get(language()) or names.get("id") or element


def told_steps(release: Release, scenario: Scenario) -> list[str]:
    """Return what happens in a scenario, step by step, with what people and services answer."""
    services = [f"{name}: {'; '.join(map(in_words, given))}" for name, given in scenario.services.items()]
    told = [
        _("Data awal: %(data)s", data=in_words(scenario.start)),
        *(_("Layanan %(text)s", text=one) for one in services),
    ]
    for step in scenario.steps:
        given = step.answers if isinstance(step, Complete) else step.payload if isinstance(step, Hear) else {}
        words = _step(release, step, scenario)
        told.append(f"{words}: {_in_words(given)}" if given else words)
    return told


def with_names(release: Release, text: str) -> str:
    """Return a sentence of the engine in which elements are called by their names."""
    for name in release.outline.elements:
        text = text.replace(f'"{name}"', f"“{name_of(release, name)}”")
    return text


def failed_words(release: Release, element: str, text: str) -> str:
    """Return where something failed, and why, in plain words.

    :param text: what the engine said.
    """
    return f"{name_of(release, element)}: {why_failed(text)}"


def why_failed(text: str) -> str:
    """Return what the engine said of an element that failed in plain words."""
    return in_plain_words(ElementFailed.code, text)


def _in_words(value: object) -> str:
    """Return a value as people write it; a file as what the play knows of it."""
    return in_words(with_file_words(value))


def _is_shown(release: Release, point: Point) -> bool:
    """Leave out timers at the edge of a task and the like: the time is moved in one place."""
    return point.waits is not Waits.TIMER or release.element(point.element).attached_to is None


def _lane(release: Release, element: str) -> str:
    lane = next((one for one in release.outline.lanes if one.id == release.element(element).lane), None)
    return (lane.names.get(language()) or lane.names.get("id", "")) if lane is not None else ""


def _point(ground: Ground, release: Release, point: Point, play: Played) -> PointLine:
    name, lane = name_of(release, point.element), _lane(release, point.element)
    line = PointLine(point.waits, point.element, name, lane, point.place)
    if point.task is not None:
        return replace(line, facts=tuple(_of_task(point)))
    if point.call is not None and point.waits is Waits.ANSWER:
        return _asking(ground, release, line, point.call)
    if point.message is not None:
        facts = ((_("Pesan"), point.message), *(((_("Kunci"), point.key),) if point.key else ()))
        rows = tuple(rows_of(_payload(ground, point.message)))
        return replace(line, facts=facts, message=point.message, key=point.key or "", rows=rows)
    if point.due is not None:
        return replace(line, facts=((_("Tiba pada"), _at(point.due, play.scenario)),))
    if not point.reason:
        return line
    return replace(line, facts=((_("Sebab"), why_failed(point.reason)),), detail=point.reason)


def _of_task(point: Point) -> Iterator[tuple[str, str]]:
    task = point.task
    assert task is not None
    if task.assignee is not None:
        yield _("Ditugaskan kepada"), _("orang nomor %(number)s", number=task.assignee)
    if task.candidate:
        yield _("Kelompok yang dapat mengambil"), task.candidate
    if task.due is not None:
        yield _("Paling lambat"), show_day(task.due)
    yield _("Prioritas"), str(task.priority)


def _asking(ground: Ground, release: Release, line: PointLine, call: ServiceCall) -> PointLine:
    facts = tuple((name, in_words(value)) for name, value in call.inputs.items())
    known = tuple(in_words(value) for value in ground.service_answers(call.service))
    codes = tuple(caught_at(release.outline, release.element(line.element)))
    return replace(line, facts=facts, service=call.service, known=known, codes=codes)


def _payload(ground: Ground, message: str) -> Mapping[str, Any]:
    """Return what a scenario has a message carry."""
    heard = (step for one in ground.scenarios.values() for step in one.steps if isinstance(step, Hear))
    return next((step.payload for step in heard if step.message == message), {})


def _at(instant: datetime, scenario: Scenario) -> str:
    zone = scenario.begins.tzinfo
    assert zone is not None
    return show_instant(instant, zone, label=current_city().zone_label)


def _sent(message: str, key: str | None, payload: Mapping[str, Any]) -> str:
    to = _("dengan kunci %(key)s", key=key) if key else _("kepada semua")
    return _(
        "Akan mengirim pesan “%(message)s” %(to)s: %(content)s", message=message, to=to, content=_in_words(payload)
    )


def _called(call: ServiceCall) -> str:
    service = f"{call.service} ({_in_words(call.inputs)})" if call.inputs else call.service
    if not call.is_answered:
        return _("Akan memanggil layanan %(service)s; jawabannya belum Anda berikan", service=service)
    answer = in_words(call.answer)
    return _("Akan memanggil layanan %(service)s; jawabannya: %(answer)s", service=service, answer=answer)


def _story(release: Release, move: Move, play: Played) -> StoryLine:
    asked = {call.token for call in move.calls if not call.is_answered}
    outside = [_called(call) for call in move.calls]
    outside += [_sent(one.message, one.key, one.payload) for one in move.sent]
    return StoryLine(
        _happened(release, move),
        _at(move.at, play.scenario),
        tuple(name_of(release, name) for name in move.passed if name_of(release, name) != name),
        tuple(_rules(release, decided, trace) for decided in move.decided for trace in decided.answer.tables),
        tuple(outside),
        tuple(failed_words(release, one.element, one.text) for one in move.failed if one.token not in asked),
    )


def _happened(release: Release, move: Move) -> str:
    return _(_HAPPENED[move.happening], name=name_of(release, move.name))


def _step(release: Release, step: Step, scenario: Scenario) -> str:
    match step:
        case Complete():
            return _("Tugas “%(name)s” dikirim", name=name_of(release, step.element))
        case Hear():
            return _("Pesan “%(name)s” diterima", name=step.message)
        case Retry():
            return _("“%(name)s” dicoba lagi", name=name_of(release, step.element))
        case Pass():
            return _("Waktu maju sampai %(when)s", when=_at(step.until, scenario)) if step.until else _("Waktu maju")


def _rules(release: Release, decided: Decided, trace: TableTrace) -> RuleLine:
    values = zip(trace.table.inputs, trace.values, strict=True)
    decision = release.decisions.get(decided.decision)
    owner = decision.called(trace.element, language()) if decision is not None else trace.element
    return RuleLine(
        owner,
        "; ".join(f"{column.title_in(language())}: {in_words(value)}" for column, value in values),
        ", ".join(str(place + 1) for place in trace.applying),
        in_words(decided.answer.value),
    )


def _marks(release: Release, play: Played) -> Mapping[str, Any]:
    standing = play.standing
    failed = {point.element for point in standing.points if point.waits is Waits.MENDING}
    return {
        "active": sorted({point.element for point in standing.points if _is_shown(release, point)} - failed),
        "done": sorted(standing.walk.nodes),
        "flows": sorted(flow for flow in standing.walk.flows if not flow.endswith(LINK)),
        "incident": sorted(failed),
    }
