"""What two people have made of the same diagram: what the other one changed, and both together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.designs.differing import differences
from engine.designs.finding import Design, content_mark
from engine.designs.merging import merge
from engine.designs.storable import check_storable


@dataclass(frozen=True, slots=True)
class Collision:
    """A file that two people have changed since one of them opened it.

    :param theirs: the file as it is kept now, and `mark` its mark.
    :param changes: what the other one has changed, in sentences.
    :param both: the file with the changes of both; None where they cannot be joined.
    :param disputed: what both have changed, in sentences about the other's version; there mine stands in `both`.
    """

    theirs: bytes = field(repr=False)
    mark: str
    changes: tuple[str, ...]
    both: bytes | None = field(repr=False)
    disputed: tuple[str, ...]


def collide(design: Design, name: str, base: bytes, mine: bytes, language: str) -> Collision:
    """Return what became of a file of a design while somebody else worked on it.

    :param base: the file as it was opened.
    """
    theirs = design.files[name]
    if check_storable({name: base}):
        return Collision(theirs, content_mark(theirs), (), None, ())
    changes = differences({name: base}, {name: theirs})
    said = tuple(change.texts[language] for change in changes if not change.is_quiet)
    if check_storable({name: mine}):
        return Collision(theirs, content_mark(theirs), said, None, ())
    both = merge({name: base}, {name: mine}, {name: theirs})
    disputed = tuple(one.texts[language] for conflict in both.conflicts for one in conflict.theirs)
    return Collision(theirs, content_mark(theirs), said, both.files.get(name), disputed)


def plain_collision(found: Collision) -> Mapping[str, object]:
    """Return it as scripts read it."""
    return {
        "theirs": found.theirs.decode(),
        "mark": found.mark,
        "changes": found.changes,
        "both": found.both.decode() if found.both is not None else None,
        "disputed": found.disputed,
    }
