"""Finds events that call themselves: what begins at a signal, message or condition, and brings about the same again.

An event that interrupts nothing listens on after it has happened, and one that begins cases listens always. One that
interrupts listens again if its way leads back at once into what it interrupts. If what such an event starts sends,
without waiting for anybody, what it listens to, that goes on for ever; so it does if several call each other in a
circle.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.bpmn.beginnings import begins_case
from engine.bpmn.catching import find_hosts
from engine.bpmn.constants import value_of, value_with
from engine.bpmn.model import COMPOUND, Element, Flow, Kind, Outline, Trigger
from engine.bpmn.net import Inside
from engine.bpmn.pausing import forks, is_join, passed_at_once
from engine.bpmn.reaching import reached_from
from engine.bpmn.read import problem
from engine.bpmn.setting import names_read, setters_of
from engine.errors import Problem

_LISTENING = frozenset({Kind.START, Kind.BOUNDARY})
_SENDING = frozenset({Kind.THROW, Kind.END, Kind.SEND_TASK})
_CARRIED = frozenset({Trigger.SIGNAL, Trigger.MESSAGE})


def check_echoes(outline: Outline, insides: Mapping[str, Inside], pauses: frozenset[str]) -> Iterator[Problem]:
    """Yield the events through which a case would call itself, or begin others like itself, for ever.

    :param insides: how each container can end.
    :param pauses: the elements at which a token surely waits.
    """
    found = _Echoes(outline, insides, pauses).endless()
    for name in sorted(found):
        yield _begins_itself(name) if begins_case(outline.elements[name], outline) else _endless(name)


@dataclass
class _Echoes:
    """Who calls whom at once in a diagram."""

    outline: Outline
    insides: Mapping[str, Inside]
    pauses: frozenset[str]
    _passed: dict[str, list[Element]] = field(default_factory=dict)
    _sent: dict[str, list[Element]] = field(default_factory=dict)

    def endless(self) -> set[str]:
        """Return the listeners that call themselves in a circle in which each of them listens again."""
        left = {element.id for element in self.outline.elements.values() if self._listens(element)}
        calls = {name: {other for other in left if self._calls(name, other)} for name in left}
        while True:
            arrows = {name: calls[name] & left for name in left}
            after = {name: reached_from(arrows, name) for name in left}
            circles = {name: {other for other in after[name] if name in after[other]} for name in left}
            kept = {name for name in left if name in after[name] and self._listens_again(name, circles[name])}
            if kept == left:
                return kept
            left = kept

    def _listens(self, element: Element) -> bool:
        if element.kind not in _LISTENING:
            return False
        # A condition that interrupts and holds again is found among the loops that wait for nobody.
        return element.trigger in _CARRIED or (element.trigger is Trigger.CONDITION and not element.is_interrupting)

    def _listens_again(self, name: str, circle: set[str]) -> bool:
        element = self.outline.elements[name]
        if not element.is_interrupting or begins_case(element, self.outline):
            return True
        return any(self._entered(element) & {passed.id for passed in self._region(other)} for other in circle)

    def _entered(self, listener: Element) -> set[str]:
        """Return what must be reached for an event that interrupts to listen: its activity, or that around it."""
        if listener.attached_to:
            return {listener.attached_to}
        around = self.outline.elements[listener.container].container
        hosts = {host.id for host in self._hosts.get(around, ())}
        return hosts or set(self.outline.first_of(around)) | {start.id for start in self.outline.starts(around)}

    def _calls(self, name: str, other: str) -> bool:
        """Say whether what one listener starts at once is heard by another."""
        listener = self.outline.elements[other]
        if listener.trigger is Trigger.CONDITION:
            return self._makes_true_again(name, listener)
        heard = (sender for sender in self._senders(name) if self._hears(listener, sender))
        return any(not listener.is_interrupting or self._is_in_time(name, listener, sender) for sender in heard)

    def _senders(self, name: str) -> list[Element]:
        """Return what a listener makes send at once; of messages that are alike only one."""
        if name not in self._sent:
            found = {_news(one): one for one in self._region(name) if one.kind in _SENDING}
            self._sent[name] = list(found.values())
        return self._sent[name]

    def _hears(self, listener: Element, sender: Element) -> bool:
        hears, sends = listener.event, sender.event
        if listener.trigger is not sender.trigger or hears is None or sends is None or hears.name != sends.name:
            return False
        if listener.trigger is Trigger.SIGNAL:
            return True
        if begins_case(listener, self.outline):  # under one key it begins one case, ever
            return not value_of(sends.key or "")[0]
        return _is_same_key(hears.key or "", sends.key or "")

    def _is_in_time(self, name: str, listener: Element, sender: Element) -> bool:
        """Say whether an event that interrupts is there already when a signal is thrown.

        A message goes to whoever listens when the step is over, and a start of a case to whoever is there always.
        """
        if sender.trigger is Trigger.MESSAGE or begins_case(listener, self.outline):
            return True
        entered, region = self._entered(listener), self._region(name)
        begun = [one for one in region if one.id in entered]
        if not begun:
            return True
        inner = (self._firsts(one) if one.kind in COMPOUND else [] for one in begun)
        if any(sender in self._pass(first) for first in inner) or any(one.kind is Kind.START for one in begun):
            return True
        return any(self._are_beside(fork, entered, sender) for one in region for fork in forks(self.outline, one))

    def _are_beside(self, branches: tuple[Element, ...], entered: set[str], sender: Element) -> bool:
        passed = [self._pass([branch]) for branch in branches]
        comes = [any(one.id in entered for one in way) for way in passed]
        sends = [sender in way for way in passed]
        return any(here and there for n, here in enumerate(comes) for m, there in enumerate(sends) if n != m)

    def _makes_true_again(self, name: str, listener: Element) -> bool:
        """Say whether a condition may become false and true again through what a listener starts at once."""
        condition = listener.event.condition or "" if listener.event else ""
        return any(self._turns(name, condition, variable) for variable in names_read(condition))

    def _turns(self, name: str, condition: str, variable: str) -> bool:
        region = [element for element in self._region(name) if not self._stops(element)]
        for one in setters_of(region, variable):
            if _holds_after(condition, variable, one) is not True:
                after = [self.outline.elements[flow.target] for flow in self._flows_from(one)]
                others = setters_of((other for other in self._pass(after) if not self._stops(other)), variable)
                if any(_holds_after(condition, variable, other) is not False for other in others if other is not one):
                    return True
        return False

    def _flows_from(self, element: Element) -> Iterator[Flow]:
        return (self.outline.flows[name] for name in element.outgoing)

    @cached_property
    def _hosts(self) -> Mapping[str, list[Element]]:
        return find_hosts(self.outline)

    def _region(self, name: str) -> list[Element]:
        """Return what is passed at once from a listener on, also behind what it ends."""
        if name not in self._passed:
            begun = [self.outline.elements[name]]
            while True:
                passed = self._pass(begun)
                more = [one for end in passed for one in self._behind(end) if one not in begun]
                if not more:
                    break
                begun += more
            self._passed[name] = passed
        return self._passed[name]

    def _behind(self, end: Element) -> list[Element]:
        """Return where it goes on when an event sub-process that has put an end to all beside it is over."""
        around = self.outline.elements.get(end.container)
        if end.kind is not Kind.END or around is None or around.kind is not Kind.EVENT_SUB_PROCESS:
            return []
        if not self._is_quick(around) or not any(start.is_interrupting for start in self.outline.starts(around.id)):
            return []
        return [one for host in self._hosts.get(around.container, ()) for one in self.outline.next_of(host)]

    def _pass(self, first: list[Element]) -> list[Element]:
        return passed_at_once(self.outline, first, self._stops)

    def _stops(self, element: Element) -> bool:
        if element.kind in COMPOUND:
            return not self._is_quick(element)
        return element.id in self.pauses or is_join(element) or element.kind is Kind.EVENT_GATEWAY

    def _is_quick(self, element: Element) -> bool:
        inside = self.insides.get(self.outline.content(element))
        return inside is not None and inside.at_once

    def _firsts(self, element: Element) -> list[Element]:
        return [self.outline.elements[name] for name in self.outline.first_of(self.outline.content(element))]


def _news(sender: Element) -> tuple[object, ...]:
    """Return what is sent; where a signal is thrown from matters as well."""
    use = sender.event
    return (sender.id,) if sender.trigger is Trigger.SIGNAL or use is None else (sender.trigger, use.name, use.key)


def _is_same_key(one: str, other: str) -> bool:
    """Say whether two expressions of keys give the same, as far as that shows."""
    (one_known, one_value), (other_known, other_value) = value_of(one), value_of(other)
    if one_known and other_known:
        return str(one_value) == str(other_value)
    return one.strip() == other.strip()


def _holds_after(condition: str, variable: str, setter: Element) -> bool | None:
    """Return whether a condition is true once an element has set a variable; None if that cannot be told."""
    known, value = value_of(setter.script or "") if setter.kind is Kind.SCRIPT_TASK else (False, None)
    known, holds = value_with(condition, {variable: value}) if known else (False, None)
    return holds if known and isinstance(holds, bool) else None


def _endless(name: str) -> Problem:
    return problem(
        name,
        "endless_echo",
        "yang dimulai peristiwa ini membuat hal yang sama terjadi lagi tanpa menunggu siapa pun, sehingga berulang "
        "tanpa akhir; tunggu seseorang di antaranya, atau pakai nama lain (pada syarat: variabel lain).",
        "what this event starts makes the same happen again without waiting for anybody, so that it never ends; wait "
        "for somebody in between, or use another name (of a condition: another variable).",
    )


def _begins_itself(name: str) -> Problem:
    return problem(
        name,
        "endless_echo",
        "kasus yang dimulai peristiwa ini mengirim lagi hal yang sama tanpa menunggu siapa pun, sehingga kasus baru "
        "terus dimulai tanpa akhir; tunggu seseorang di antaranya, atau kirim dengan nama lain.",
        "a case that begins with this event sends the same again without waiting for anybody, so that new cases begin "
        "for ever; wait for somebody in between, or send it under another name.",
    )
