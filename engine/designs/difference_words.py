"""What differs between two versions of a process, and the plain sentences in which it is told."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from engine.designs.difference_tree import PARENT, TAG, Node, Tree

EXISTS: Final = "exists"
ORDER: Final = "order"
_SEPARATOR: Final = "\x1f"
_SHOWN: Final = 300  # characters of a value in a sentence

Words = tuple[str, str]
"""The same in Indonesian and in English."""


class DifferenceKind(StrEnum):
    """What has become of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    LAYOUT = "layout"
    """Only the drawing looks different."""
    TECHNICAL = "technical"
    """Only how it is written differs: nobody who works with the process notices."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of one part that differs; None for what is not there.

    :param key: the part; `fact` is one of its facts, `EXISTS` or `ORDER`.
    """

    key: str
    fact: str
    before: str | None
    after: str | None

    @property
    def place(self) -> tuple[str, str]:
        """Where it is: part and fact."""
        return self.key, self.fact


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, as one sentence.

    :param subjects: the ids of the elements of the diagram, rules, columns or fields it is about.
    :param texts: the sentence by language.
    :param before: the value, if it is about one; `after` likewise.
    :param places: the facts of the file that make the difference.
    """

    file: str
    kind: DifferenceKind
    subjects: tuple[str, ...]
    texts: Mapping[str, str]
    before: str | None = None
    after: str | None = None
    places: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)

    @property
    def is_quiet(self) -> bool:
        """Whether the process does the same as before."""
        return self.kind in (DifferenceKind.LAYOUT, DifferenceKind.TECHNICAL)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of one file."""

    file: str
    before: Tree
    after: Tree

    def node(self, key: str) -> Node | None:
        """Return a part as it is now, or as it was."""
        return self.after.get(key) or self.before.get(key)

    def tree(self, key: str) -> Tree:
        """Return the version in which a part is; the newer one if it is in both."""
        return self.after if key in self.after else self.before

    def stays(self, key: str) -> bool:
        """Say whether a part is in both versions."""
        return key in self.before and key in self.after


def find_changes(before: Tree, after: Tree) -> Iterator[Change]:
    """Yield every fact that is not the same in both, in the order of the older file, what is new last."""
    for key in [*before.nodes, *(key for key in after.nodes if key not in before)]:
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            yield Change(key, EXISTS, *(None if node is None else node.tag for node in (old, new)))
        told = {} if old is None else old.facts, {} if new is None else new.facts
        for fact in dict.fromkeys([*told[0], *told[1]]):
            values = told[0].get(fact), told[1].get(fact)
            if values[0] != values[1] and not ((old is None or new is None) and fact in (TAG, PARENT)):
                yield Change(key, fact, *values)
        if old is not None and new is not None and new.tag != "object":
            yield from _reordered(key, old.children, new.children)


def _reordered(key: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    """Yield that what stands in both has another order."""
    both = set(old) & set(new)
    orders = [tuple(child for child in children if child in both) for children in (old, new)]
    if orders[0] != orders[1]:
        yield Change(key, ORDER, *map(_SEPARATOR.join, orders))


def tell(
    file: str,
    kind: DifferenceKind,
    subjects: Iterable[str],
    texts: Words,
    changes: Iterable[Change],
    *,
    values: tuple[str | None, str | None] = (None, None),
) -> Difference:
    """Return a difference from its sentence in both languages.

    :param values: what was there before and what is there now, if it is about a value.
    """
    places = frozenset(change.place for change in changes)
    return Difference(file, kind, tuple(subjects), {"id": texts[0], "en": texts[1]}, *values, places)


def say_change(subject: Words, what: Words, before: str | None, after: str | None) -> Words:
    """Return the sentence that a value is another one now, was filled or was emptied."""
    if after is None or after == "":
        return (
            f"{subject[0]}: {what[0]} dihapus, sebelumnya {shown(before)}.",
            f"{subject[1]}: {what[1]} is removed, it was {shown(before)}.",
        )
    if before is None or before == "":
        return (
            f"{subject[0]}: {what[0]} ditambahkan, yaitu {shown(after)}.",
            f"{subject[1]}: {what[1]} is added: {shown(after)}.",
        )
    return (
        f"{subject[0]}: {what[0]} kini {shown(after)}, sebelumnya {shown(before)}.",
        f"{subject[1]}: {what[1]} is now {shown(after)}, it was {shown(before)}.",
    )


def shown(value: str | None) -> str:
    """Return a value between quotes, cut if it is long."""
    text = " ".join((value or "").split())
    return f"«{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}»"


def each(words: Words, shape: Callable[[str], str]) -> Words:
    """Return both languages in another shape."""
    return shape(words[0]), shape(words[1])


def capital(words: Words) -> Words:
    """Return words as they begin a sentence."""
    return each(words, lambda text: text[:1].upper() + text[1:])


def group_quiet(
    file: str, kind: DifferenceKind, changes: list[Change], subjects: Iterable[str], texts: Words
) -> Iterator[Difference]:
    """Yield one line for all changes of a file that change nothing for anybody."""
    if changes:
        yield tell(file, kind, dict.fromkeys(subjects), texts, changes)
