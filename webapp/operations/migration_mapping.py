"""What stands for which step when cases move to another release, as a form of lists."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.bpmn.counterparts import Counterparts, Pairs
from engine.bpmn.differences import Difference, find_differences, misfit
from engine.bpmn.model import COMPOUND, Element, Kind
from engine.bpmn.nesting import is_plain
from engine.bpmn.state import Stand
from engine.moving.runs import Route
from engine.queries.migration import ReleaseChoice
from forms import AlurForm, ChoiceField, Option, Required, Text
from webapp.operations.naming import described, kind_in_words, label_of
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.texts.moving import ASPECTS

_JOINS: Final = frozenset({Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY})


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the old release with the fields that say what stands for it.

    :param also: the field for a second step beside the first; None where one cannot become two.
    :param needs_answer: cases that wait there stay behind as it is.
    """

    element: Element
    note: str
    to: str
    also: str | None
    needs_answer: bool


def release_form(choices: Iterable[ReleaseChoice], sent: Any) -> AlurForm:
    """Return the form in which somebody chooses from where to where cases are moved."""
    listed = list(choices)
    old = [Option(str(item.release.id), _release_said(item, counted=True)) for item in listed if item.running]
    new = [Option(str(item.release.id), _release_said(item, counted=False)) for item in listed]
    fields: dict[str, Any] = {
        "lama": ChoiceField(Text("Dari rilis", "From release"), [Required()], options=old),
        "baru": ChoiceField(Text("Ke rilis", "To release"), [Required()], options=new),
    }
    form: AlurForm = type("ReleaseForm", (AlurForm,), fields)(sent, language=language())
    return form


def _release_said(choice: ReleaseChoice, *, counted: bool) -> str:
    name = choice.names.get(language()) or choice.names.get("id") or choice.release.process
    if not counted:
        return _("%(name)s, rilis %(number)s", name=name, number=choice.release.number)
    return _(
        "%(name)s, rilis %(number)s (%(count)s kasus berjalan)",
        name=name,
        number=choice.release.number,
        count=choice.running,
    )


def steps_of(route: Route) -> tuple[Step, ...]:
    """Return the steps of the old release at which something may wait, those that need an answer first."""
    pair = route.plan.pair
    differences = {item.element: item for item in find_differences(pair)}
    found = [
        _step(place, element, differences.get(element.id), pair)
        for place, element in enumerate(pair.old.outline.elements.values())
        if _may_be_mapped(element)
    ]
    return tuple(sorted(found, key=lambda step: not step.needs_answer))


def _may_be_mapped(element: Element) -> bool:
    is_join = element.kind in _JOINS and len(element.incoming) > 1
    return element.is_human or element.waits or is_join or element.kind in COMPOUND or element.loop is not None


def _step(place: int, element: Element, difference: Difference | None, pair: Counterparts) -> Step:
    can_split = (element.is_human or element.waits) and element.kind is not Kind.BOUNDARY and element.loop is None
    is_gone = not pair.targets(element.id) and not (is_plain(element) or element.kind is Kind.BOUNDARY)
    needs_answer = is_gone or (difference is not None and difference.blocks)
    also = f"also_{place}" if can_split else None
    return Step(element, _note(element, difference), f"to_{place}", also, needs_answer)


def _note(element: Element, difference: Difference | None) -> str:
    if difference is None:
        return ""
    if difference.is_gone:
        return _("Tidak ada lagi di rilis baru.")
    place = 0 if language() == "id" else 1
    aspects = ", ".join(ASPECTS[aspect][place] for aspect in sorted(difference.aspects))
    return _("Berubah: %(aspects)s.", aspects=aspects) if aspects else ""


def mapping_form(route: Route, sent: Any, pairs: Pairs | None = None) -> AlurForm:
    """Return the form in which somebody says what stands for which step.

    :param pairs: what was said before.
    """
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for step in steps_of(route):
        options = list(_options(step.element, route))
        fields[step.to] = ChoiceField(_label(step.element), hint=Text(step.note, step.note), options=options)
        chosen = (pairs or {}).get(step.element.id) or route.plan.pair.targets(step.element.id)
        data[step.to] = next(iter(chosen), None)
        if step.also is not None:
            fields[step.also] = ChoiceField(_label(step.element, _("langkah kedua")), options=options)
            data[step.also] = chosen[1] if len(chosen) > 1 else None
    form: AlurForm = type("MappingForm", (AlurForm,), fields)(sent, language=language(), data=data)
    return form


def _label(element: Element, more: str = "") -> Text:
    said = described(element) + (f", {more}" if more else "")
    return Text(said, said)


def _options(old: Element, route: Route) -> Iterator[Option]:
    """Yield the new steps that can stand for an old one; where several have one name, with their ids."""
    fitting = [new for new in route.plan.pair.new.outline.elements.values() if _fits(old, new)]
    names = [label_of(element) for element in fitting]
    for element, name in zip(fitting, names, strict=True):
        with_id = f"{name} ({kind_in_words(element)}, {element.id})"
        yield Option(element.id, with_id if names.count(name) > 1 else described(element))


def _fits(old: Element, new: Element) -> bool:
    if old.kind in _JOINS:
        return new.is_human or (new.kind in _JOINS and len(new.incoming) > 1)
    return _may_be_mapped(new) and misfit(old, new, Stand.WAITS if old.waits else Stand.ASKS) is None


def pairs_of(route: Route, answers: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return what the form says, as a move takes it: only what differs from the same id."""
    found: dict[str, tuple[str, ...]] = {}
    for step in steps_of(route):
        said = answers.get(step.to), answers.get(step.also) if step.also is not None else None
        targets = tuple(dict.fromkeys(str(name) for name in said if name))
        if targets and targets != (step.element.id,):
            found[step.element.id] = targets
    return found
