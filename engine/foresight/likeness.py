"""Which elements of a diagram are those of another one under a new id: told by name, role, form and neighbours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from engine.bpmn.model import Element, Outline

#: New ids by which old ids they stand for.
Same = Mapping[str, str]
_NAME, _ROLE, _FORM, _NEIGHBOUR = 3.0, 1.0, 2.0, 1.0
#: From so much on two elements are taken for the same: more than a role and a neighbour.
_ENOUGH: Final = 3.0
#: What was told in one round makes neighbours of the next.
_ROUNDS: Final = 3


def likely_same(old: Outline, new: Outline, chosen: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """Return the elements and flows of a diagram that an older one has under another id, by their new id.

    :param chosen: what somebody says of new elements: the old one, or None for one that is really new.
    """
    said = chosen or {}
    found = {name: other for name, other in said.items() if other is not None}
    for _ in range(_ROUNDS):
        more = dict(_Comparison(old, new, found, frozenset(said)).elements())
        found |= more
        if not more:
            break
    return found | dict(_flows(old, new, found))


def gone_tasks(old: Outline, new: Outline) -> list[Element]:
    """Return the human tasks of a diagram that a newer one has not under their id."""
    return [one for one in old.elements.values() if one.is_human and one.id not in new.elements]


def new_tasks(old: Outline, new: Outline) -> list[Element]:
    """Return the human tasks of a diagram that an older one has not under their id."""
    return gone_tasks(new, old)


@dataclass(frozen=True)
class _Comparison:
    """One round.

    :param told: what is known from the rounds before.
    :param settled: new elements about which nothing is asked any more.
    """

    old: Outline
    new: Outline
    told: Mapping[str, str]
    settled: frozenset[str]

    def elements(self) -> Iterator[tuple[str, str]]:
        """Yield the pairs that are alike enough, the most alike first; each element once."""
        left, right = self._new_left, self._old_left
        scored = [(self._alike(one, other), one.id, other.id) for one in left for other in right if _kin(one, other)]
        names = {one.id for one in left} | {one.id for one in right}
        for score, name, other in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
            if score >= _ENOUGH and name in names and other in names:
                names -= {name, other}
                yield name, other

    @property
    def _new_left(self) -> list[Element]:
        known = self.told.keys() | self.settled | self.old.elements.keys()
        return [one for one in self.new.elements.values() if one.id not in known]

    @property
    def _old_left(self) -> list[Element]:
        known = frozenset(self.told.values()) | self.new.elements.keys()
        return [one for one in self.old.elements.values() if one.id not in known]

    def _alike(self, one: Element, other: Element) -> float:
        score = _NAME * _words_alike(one, other)
        score += _FORM * (bool(one.form) and one.form == other.form)
        score += _ROLE * (self._roles[0].get(one.lane) == self._roles[1].get(other.lane))
        for mine, others in zip(_around(self.new, one), _around(self.old, other), strict=True):
            score += _NEIGHBOUR * bool({self.told.get(name, name) for name in mine} & others)
        return score

    @cached_property
    def _roles(self) -> tuple[dict[str | None, str | None], dict[str | None, str | None]]:
        return _lane_names(self.new), _lane_names(self.old)


def _kin(one: Element, other: Element) -> bool:
    is_human = one.is_human and other.is_human
    return is_human or (one.kind is other.kind and one.trigger is other.trigger)


def _words_alike(one: Element, other: Element) -> float:
    """Return the share of words that two elements have in common in the language in which they share most."""
    shares = [0.0]
    for language in one.names.keys() & other.names.keys():
        mine, others = (set(names[language].casefold().split()) for names in (one.names, other.names))
        if mine and others:
            shares.append(len(mine & others) / len(mine | others))
    return max(shares)


def _lane_names(outline: Outline) -> dict[str | None, str | None]:
    return {None: None, **{lane.id: (lane.names.get("id") or lane.id).casefold() for lane in outline.lanes}}


def _around(outline: Outline, element: Element) -> tuple[set[str], set[str]]:
    """Return what leads to an element, and what it leads to."""
    before = {outline.flows[flow].source for flow in element.incoming}
    return before, {outline.flows[flow].target for flow in element.outgoing}


def _flows(old: Outline, new: Outline, same: Same) -> Iterator[tuple[str, str]]:
    """Yield the flows whose ends stand for those of one old flow."""
    ends: dict[tuple[str, str], list[str]] = {}
    for flow in old.flows.values():
        if flow.id not in new.flows:
            ends.setdefault((flow.source, flow.target), []).append(flow.id)
    for flow in new.flows.values():
        between = same.get(flow.source, flow.source), same.get(flow.target, flow.target)
        if flow.id not in old.flows and len(ends.get(between, ())) == 1:
            yield flow.id, ends[between][0]
