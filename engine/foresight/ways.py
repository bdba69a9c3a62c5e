"""Which ways a simulated token takes out of an element, and which elements can still reach a gateway."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from engine.bpmn.model import Element, Kind, Outline

_CERTAIN: Final = 1.0


class Ways:
    """The sequence flows of a diagram with how often each is taken."""

    def __init__(self, outline: Outline, shares: Mapping[str, float]) -> None:
        """Take a diagram with the shares of its flows; flows without one are equally often taken."""
        self._outline, self._shares = outline, shares

    def out_of(self, element: Element, draws: Sequence[float]) -> tuple[str, ...]:
        """Return the flows that are taken out of an element.

        :param draws: numbers between 0 and 1: the first decides between ways of which one is taken, and each decides
            about one of several that are independent.
        """
        flows = element.outgoing
        if len(flows) < 2 or element.kind is Kind.PARALLEL_GATEWAY or not self._is_choice(element):
            return flows
        if element.kind is Kind.EXCLUSIVE_GATEWAY:
            return (self.one_of(flows, draws[0]),)
        shares = self._shares_of(flows)
        taken = tuple(flow for flow, share, draw in zip(flows, shares, draws, strict=True) if draw < share)
        return taken or (max(zip(shares, flows, strict=True))[1],)

    def one_of(self, flows: Sequence[str], draw: float) -> str:
        """Return the one flow that is taken."""
        shares = self._shares_of(flows)
        rest = draw * sum(shares)
        for flow, share in zip(flows, shares, strict=True):
            rest -= share
            if rest < 0:
                return flow
        return flows[-1]

    def leads_to(self, element: str, gateway: str) -> bool:
        """Say whether a token at an element can come to a gateway."""
        return element in self._before[gateway]

    @cached_property
    def _before(self) -> Mapping[str, frozenset[str]]:
        joins = [one.id for one in self._outline.elements.values() if one.kind is Kind.INCLUSIVE_GATEWAY]
        return {name: self._sources(name) for name in joins}

    def _sources(self, gateway: str) -> frozenset[str]:
        found, left = set[str](), [gateway]
        while left:
            element = self._outline.elements[left.pop()]
            before = {self._outline.flows[flow].source for flow in element.incoming}
            if element.attached_to:
                before.add(element.attached_to)
            left += before - found
            found |= before
        return frozenset(found - {gateway})

    def _is_choice(self, element: Element) -> bool:
        if element.kind in (Kind.EXCLUSIVE_GATEWAY, Kind.INCLUSIVE_GATEWAY):
            return True
        flows = (self._outline.flows[flow] for flow in element.outgoing)
        return any(flow.condition or flow.is_default for flow in flows)

    def _shares_of(self, flows: Sequence[str]) -> list[float]:
        known = [self._shares.get(flow) for flow in flows]
        if not any(known):
            return [_CERTAIN / len(flows)] * len(flows)
        return [share or 0.0 for share in known]
