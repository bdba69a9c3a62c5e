"""Which elements of one release stand for which of another: those with the same id, and those that somebody names."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.bpmn.model import Element, Kind, Outline
from engine.bpmn.release import Release
from engine.errors import Invalid

#: New names by old name; several for a token that becomes several.
Pairs = Mapping[str, tuple[str, ...]]


class MappingRefused(Invalid):
    """An element that the mapping names does not exist in its release, or a line of it cannot be read."""

    code = "migration.mapping"


@dataclass(frozen=True)
class Counterparts:
    """Two releases of one process, and what stands for what.

    :param pairs: what was named; everything else stands for what has the same id.
    """

    old: Release
    new: Release
    pairs: Pairs

    @cached_property
    def sources(self) -> Mapping[str, tuple[str, ...]]:
        """The old elements by the new one that stands for them."""
        found: dict[str, list[str]] = {}
        for name in self.old.outline.elements:
            for target in self.targets(name):
                found.setdefault(target, []).append(name)
        return {name: tuple(names) for name, names in found.items()}

    def targets(self, name: str) -> tuple[str, ...]:
        """Return the new elements that stand for an old one; none if it is gone."""
        return self.pairs.get(name) or ((name,) if name in self.new.outline.elements else ())

    def target(self, name: str | None) -> Element | None:
        """Return the one new element that stands for an old one; None if there is none, or several."""
        found = self.targets(name) if name is not None else ()
        return self.new.outline.elements[found[0]] if len(found) == 1 else None

    def flow(self, name: str, join: Element) -> str | None:
        """Return the flow into a new join that stands for an old flow; None if it cannot be told which.

        The flow with the same id, or the only one that comes from what stands for the old source.
        """
        named = self.pairs.get(name, (name,))[0]
        if named in join.incoming:
            return named
        sources = self.targets(self.old.outline.flows[name].source)
        found = [flow for flow in join.incoming if self.new.outline.flows[flow].source in sources]
        return found[0] if len(found) == 1 else None

    def container(self, name: str) -> str | None:
        """Return the new process or sub-process that stands for an old one, wherever it is called from."""
        if name == self.old.process:
            return self.new.process
        if name not in self.old.outline.elements:  # a called process
            return self.pairs.get(name, (name,))[0]
        found = self.target(name)
        return self.new.outline.content(found) if found is not None else None


def find_counterparts(old: Release, new: Release, pairs: Pairs) -> Counterparts:
    """Return what stands for what in two releases of one process.

    :raise MappingRefused: it names something that is not there.
    """
    for name, targets in pairs.items():
        if name not in _names(old.outline):
            raise MappingRefused(f"'{name}' is not in the old release.", name=name)
        for target in targets:
            if target not in _names(new.outline):
                raise MappingRefused(f"'{target}' is not in the new release.", name=target)
    return Counterparts(old, new, dict(pairs))


def _names(outline: Outline) -> set[str]:
    """Return everything that a mapping may name: elements, flows and called processes."""
    return {*outline.elements, *outline.flows, *outline.inside}


def read_pairs(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return what lines such as `old=new` or `old=one,two` say; `#` begins a remark, and lines of one name add up.

    :raise MappingRefused: a line is none of these.
    """
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        said = line.split("#", 1)[0].strip()
        if said:
            old, targets = _read_line(said)
            found[old] = (*found.get(old, ()), *targets)
    return found


def read_pairs_file(content: str) -> dict[str, tuple[str, ...]]:
    """Return what a file says: such lines, or a JSON object of names or lists of names by name.

    :raise MappingRefused: it is neither.
    """
    if not content.lstrip().startswith("{"):
        return read_pairs(content.splitlines())
    try:
        plain = json.loads(content)
    except ValueError as error:
        raise MappingRefused(f"The mapping is no JSON: {error}", name="JSON") from error
    for old, new in plain.items():
        if not isinstance(new, str) and not (isinstance(new, list) and all(isinstance(name, str) for name in new)):
            raise MappingRefused(f"'{old}' is paired with neither a name nor a list of names.", name=old)
    return read_pairs(f"{old}={new if isinstance(new, str) else ','.join(new)}" for old, new in plain.items())


def _read_line(line: str) -> tuple[str, tuple[str, ...]]:
    old, sign, new = line.partition("=")
    targets = tuple(dict.fromkeys(name.strip() for name in new.split(",")))
    if not (old.strip() and sign and all(targets)):
        raise MappingRefused(f"'{line}' does not say OLD=NEW.", name=line)
    return old.strip(), targets


def gateway_before(outline: Outline, element: Element) -> Element | None:
    """Return the event-based gateway behind which an event waits for its race."""
    sources = (outline.elements[outline.flows[flow].source] for flow in element.incoming)
    return next((source for source in sources if source.kind is Kind.EVENT_GATEWAY), None)
