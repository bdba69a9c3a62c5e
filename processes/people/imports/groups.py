"""Groups of kinds of files: all that is imported about one subject."""

from collections.abc import Iterable
from dataclasses import dataclass

from processes.people.city import Text
from processes.people.imports.planning import ImportKind


@dataclass(frozen=True, slots=True)
class ImportGroup:
    """Kinds of files about one subject, in the order in which a city needs them.

    :param about: what they are good for, in a sentence.
    """

    title: Text
    about: Text
    kinds: tuple[ImportKind, ...]


def by_name(groups: Iterable[ImportGroup]) -> dict[str, ImportKind]:
    """Return the kinds of some groups by their names, in the same order."""
    return {kind.name: kind for group in groups for kind in group.kinds}
