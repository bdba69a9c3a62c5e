"""What can be imported, as the page lists it: by subject, those used most first, or those that fit some words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from processes.people.city import Text
from processes.people.imports import ImportGroup, ImportKind
from processes.people.imports.runs import ImportUse

#: So many stand apart as used most: those of a month's routine.
MOST_USED = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of file.

    :param last: when it was imported for the last time; None for never.
    """

    name: str
    title: Text
    about: Text
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Subject:
    """Kinds of files about one subject."""

    title: Text
    about: Text
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What the page lists.

    :param often: what the city imports most; empty where somebody looks for words.
    """

    often: tuple[Entry, ...]
    subjects: tuple[Subject, ...]

    @property
    def count(self) -> int:
        """How many kinds of files the subjects hold."""
        return sum(len(subject.entries) for subject in self.subjects)


def list_kinds(groups: Iterable[ImportGroup], uses: Mapping[str, ImportUse], words: str) -> Listing:
    """Return what is used most and every subject, or only what fits the words."""
    groups, wanted = tuple(groups), words.casefold().split()
    subjects = (
        Subject(
            group.title, group.about, tuple(_entry(kind, uses) for kind in group.kinds if _fits(group, kind, wanted))
        )
        for group in groups
    )
    often = () if wanted else _used_most(groups, uses)
    return Listing(often, tuple(subject for subject in subjects if subject.entries))


def _entry(kind: ImportKind, uses: Mapping[str, ImportUse]) -> Entry:
    use = uses.get(kind.name)
    return Entry(kind.name, kind.title, kind.about, use.last if use is not None else None)


def _used_most(groups: Iterable[ImportGroup], uses: Mapping[str, ImportUse]) -> tuple[Entry, ...]:
    kinds = [kind for group in groups for kind in group.kinds if kind.name in uses and uses[kind.name].times]
    # Of those used equally often the later ones: units come once, attendance comes every month.
    kinds.sort(key=lambda kind: (uses[kind.name].times, uses[kind.name].last), reverse=True)
    return tuple(_entry(kind, uses) for kind in kinds[:MOST_USED])


def _fits(group: ImportGroup, kind: ImportKind, wanted: Iterable[str]) -> bool:
    """Tell whether every word is part of what is said of the kind: its subject and columns as well."""
    said = " ".join((*_said(group.title), *_said(kind.title), *_said(kind.about), *kind.template())).casefold()
    return all(word in said for word in wanted)


def _said(text: Text) -> tuple[str, str]:
    return text.id, text.en
