"""Small processes for the simulation, written as lists of elements and flows."""

from dataclasses import dataclass, replace
from math import log

from engine.bpmn.model import Element, Flow, Kind, Outline, Trigger

PROCESS = "p"


@dataclass(frozen=True)
class Exponential:
    """Durations without memory."""

    mean: float

    def at(self, share: float) -> float:
        """Return the minutes that a share of the durations does not exceed."""
        return -self.mean * log(1 - share)


def element(name: str, kind: Kind, container: str = PROCESS, **more: object) -> Element:
    """Return an element; the flows are put in by `outline`."""
    return Element(name, kind, {"id": name}, container, **more)  # type: ignore[arg-type]  # named as in the class


def timer_at(name: str, task: str, *, is_interrupting: bool = True) -> Element:
    """Return a timer at the edge of a task."""
    return element(name, Kind.BOUNDARY, trigger=Trigger.TIMER, attached_to=task, is_interrupting=is_interrupting)


def outline(elements: list[Element], *ways: str, conditions: bool = False) -> Outline:
    """Return a diagram.

    :param ways: chains of names, such as "begin > work > end".
    """
    pairs = [pair for way in ways for pair in zip(way.split(" > "), way.split(" > ")[1:], strict=False)]
    flows = [Flow(f"{a}_{b}", a, b, {}, "x" if conditions else None) for a, b in pairs]
    joined = {
        one.id: replace(
            one,
            incoming=tuple(flow.id for flow in flows if flow.target == one.id),
            outgoing=tuple(flow.id for flow in flows if flow.source == one.id),
        )
        for one in elements
    }
    return Outline(PROCESS, {"id": PROCESS}, joined, {flow.id: flow for flow in flows}, ())


def line(*tasks: str) -> Outline:
    """Return a diagram of human tasks one behind the other."""
    inner = [element(name, Kind.USER_TASK) for name in tasks]
    ends = element("begin", Kind.START), element("end", Kind.END)
    return outline([*ends, *inner], " > ".join(["begin", *tasks, "end"]))
