"""The page of one moment of a case: what happened, where the case stood then, why there, and its data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Any, Final

from engine.bpmn.model import Flow
from engine.queries.mining_moments import Place
from webapp.cases.decisions_page import HALTS
from webapp.cases.moments_reading import SeenMoment
from webapp.cases.page import show_here
from webapp.cases.story import Event, name_of_element, tell_story
from webapp.spoken import spoken
from webapp.texts import gettext as _
from webapp.texts import language, show_day

_LONGEST_VALUE: Final = 400


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A point at which the case stood.

    :param waits: for what, in words.
    :param reasons: why the case came there, a sentence each.
    """

    name: str
    waits: str
    reasons: tuple[str, ...]
    has_failed: bool


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A variable of the case.

    :param is_new: the step has set it.
    """

    name: str
    text: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class MomentPage:
    """The page.

    :param story: every step of the case, oldest first.
    :param event: the one behind which the case is shown.
    :param halted: why it cannot be told where the case stood; empty if it can.
    :param values: None for readers who may not see data.
    """

    case_id: int
    title: str
    process: str
    number: int
    total: int
    story: tuple[Event, ...]
    event: Event
    marks: dict[str, Any]
    places: tuple[ShownPlace, ...]
    halted: str
    is_over: bool
    values: tuple[ShownValue, ...] | None


def moment_page(found: SeenMoment) -> MomentPage:
    """Return the page of a moment for its reader."""
    seen, moment = found.seen, found.moment
    story = tell_story(seen, show_here)
    names = moment.outline.names
    return MomentPage(
        case_id=moment.case.id,
        title=seen.title or _("Kasus yang tertahan"),
        process=names.get(language()) or names["id"],
        number=moment.number,
        total=moment.total,
        story=story,
        event=story[moment.number - 1],
        marks=_marks(found),
        places=tuple(_place(place, found, story) for place in moment.places or ()),
        halted=_(HALTS[moment.halted.why]) if moment.halted is not None else "",
        is_over=moment.places == () and not moment.variables,
        values=tuple(_values(found)) if seen.sees_values and moment.variables is not None else None,
    )


def _marks(found: SeenMoment) -> dict[str, Any]:
    moment = found.moment
    places = moment.places or ()
    return {
        "active": [place.element.id for place in places if not place.has_failed],
        "done": list(moment.passed),
        "flows": list(moment.flows),
        "incident": [place.element.id for place in places if place.has_failed],
    }


def _place(place: Place, found: SeenMoment, story: tuple[Event, ...]) -> ShownPlace:
    return ShownPlace(
        name_of_element(place.element.id, found.seen),
        _waits_for(place, found),
        tuple(_reasons(place, found, story)),
        place.has_failed,
    )


def _reasons(place: Place, found: SeenMoment, story: tuple[Event, ...]) -> Iterator[str]:
    """Yield why a token stood where it stood: what somebody did, which way was chosen by what, and which rules held."""
    came = story[place.came - 1]
    yield _(
        "Sesudah langkah %(number)s, “%(title)s” (%(who)s, %(when)s).",
        number=place.came,
        title=came.title,
        who=came.who,
        when=came.when,
    )
    if came.detail and found.seen.sees_person:
        yield came.detail
    for flow in place.chosen:
        yield _chosen(flow, found)
    for decision, rules in place.rules if found.seen.sees_values else ():
        name, numbers = decision.name_in(language()), ", ".join(map(str, rules))
        yield (
            _("Tabel keputusan “%(name)s”: berlaku aturan %(numbers)s.", name=name, numbers=numbers)
            if numbers
            else _("Tabel keputusan “%(name)s” ditanyakan.", name=name)
        )


def _chosen(flow: Flow, found: SeenMoment) -> str:
    choice = name_of_element(flow.source, found.seen) or _("percabangan")
    name = flow.names.get(language()) or flow.names.get("id") or name_of_element(flow.target, found.seen)
    said = {"choice": choice, "name": name, "condition": flow.condition or ""}
    if flow.is_default:
        return _("Di “%(choice)s” diambil jalan “%(name)s”: tidak ada syarat jalan lain yang terpenuhi.", **said)
    if found.seen.sees_values:
        return _("Di “%(choice)s” diambil jalan “%(name)s”: syaratnya terpenuhi (%(condition)s).", **said)
    return _("Di “%(choice)s” diambil jalan “%(name)s”: syaratnya terpenuhi.", **said)


def _waits_for(place: Place, found: SeenMoment) -> str:
    if place.has_failed:
        return _("Gagal dijalankan dan menunggu dicoba lagi.")
    if place.asked is not None:
        person, _group = place.asked
        who = (
            found.names.get(person, _("orang yang ditunjuk")) if person is not None else _("siapa pun dari kelompoknya")
        )
        if place.due is not None:
            return _("Menunggu %(who)s sampai %(day)s.", who=who, day=_until(place.due))
        return _("Menunggu %(who)s, tanpa tenggat.", who=who)
    if place.due is not None:
        return _("Menunggu sampai %(when)s.", when=_until(place.due))
    if place.element.event is not None and place.element.event.condition:
        return _("Menunggu sampai syaratnya terpenuhi.")
    return _("Menunggu pesan dari kasus lain.")


def _until(due: Any) -> str:
    return show_here(due) if isinstance(due, datetime) else show_day(due)


def _values(found: SeenMoment) -> Iterator[ShownValue]:
    moment = found.moment
    before = moment.before or {}
    for name, value in sorted((moment.variables or {}).items()):
        is_new = name not in before or before[name] != value
        yield ShownValue(name, shorten(spoken(value), _LONGEST_VALUE, placeholder=" …"), is_new)
