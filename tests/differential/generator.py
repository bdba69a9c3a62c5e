"""Makes well-formed expressions at random from the rules of `grammar.py`, the same ones for the same seed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from tests.differential.grammar import LITERALS, NAMES, RULES, Rule
from tests.differential.tree import ATOM, MINUS, Node, Slot, literal, name

_SLOT = re.compile(r"`(\w+)(?::(\d))?(?:@([^`]+))?`")
_BY_KIND = {kind: [rule for rule in RULES if rule.kind == kind] for kind in LITERALS}
_DEPTHS = (1, 1, 2, 2, 3)
Visible = Mapping[str, str]


def generate(seed: int, count: int) -> Iterator[Node]:
    """Yield so many different expressions: first every rule once on leaves, then trees of up to three levels."""
    maker = _Maker(Random(seed))
    seen: set[str] = set()
    every = [maker.apply(rule, 0, NAMES) for rule in RULES]
    while len(seen) < count:
        node = every.pop() if every else maker.apply(maker.random.choice(RULES), maker.random.choice(_DEPTHS), NAMES)
        if node.text not in seen:
            seen.add(node.text)
            yield node


@dataclass(slots=True)
class _Maker:
    random: Random
    _names: int = field(default=0)

    def make(self, kind: str, depth: int, visible: Visible) -> Node:
        if depth <= 0 or not _BY_KIND[kind]:
            return self._leaf(kind, visible)
        return self.apply(self.random.choice(_BY_KIND[kind]), depth - 1, visible)

    def apply(self, rule: Rule, depth: int, visible: Visible) -> Node:
        text = self._with_names(rule.text)
        slots = [self._slot(match, depth, visible) for match in _SLOT.finditer(text)]
        texts = tuple(_SLOT.sub("`", text).split("`"))
        return Node(rule.name, texts, tuple(slots), rule.power, rule.domain)

    def _with_names(self, text: str) -> str:
        # Names of their own, so that a value can stand for one without hiding another.
        for variable in ("$x", "$y"):
            self._names += 1
            text = text.replace(variable, f"v{self._names % 1000}")
        return text

    def _slot(self, match: "re.Match[str]", depth: int, visible: Visible) -> Slot:
        kind, power, bound = match[1], int(match[2] or 0), match[3]
        made = dict(part.split(":") for part in bound.split(",")) if bound else {}
        return Slot(self.make(kind, depth, {**visible, **made}), power, tuple(made))

    def _leaf(self, kind: str, visible: Visible) -> Node:
        names = [text for text, its_kind in visible.items() if its_kind == kind]
        # What a loop makes is looked at often: it is the last of the names.
        own = [text for text in names if text not in NAMES]
        if own and self.random.random() < 0.6:
            return name(self.random.choice(own))
        if names and self.random.random() < 0.3:
            return name(self.random.choice(names))
        text = self.random.choice(LITERALS[kind])
        return literal(text, MINUS if text.startswith("-") else ATOM)
