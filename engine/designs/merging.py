"""Three-way merge of a process: what two people have made of the same base becomes one, or they are asked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from engine.designs.difference_tree import Tree, read_tree
from engine.designs.difference_words import find_changes
from engine.designs.differing import Difference, describe, describe_trees, differences
from engine.designs.merging_groups import find_groups
from engine.designs.merging_result import Result
from engine.designs.merging_sides import Place, Side, Sides
from engine.designs.merging_writing import write_elements, write_values
from engine.designs.storable import SCENARIO_FOLDER
from engine.designs.tidying import tidy_file

__all__ = ["Conflict", "Merged", "Side", "merge"]
_ID_LENGTH: Final = 16
_FILE: Final = "file"

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that both sides have changed, each in its own way.

    :param id: stays the same as long as the three versions do.
    :param mine: what this side has done with it, in sentences; `theirs` likewise.
    :param choice: whose version is to be taken; None while nobody has said.
    """

    id: str
    file: str
    mine: tuple[Difference, ...]
    theirs: tuple[Difference, ...]
    choice: Side | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """What comes of two versions of a process.

    :param files: of the merged process; where nobody has chosen, my version stands.
    :param taken: what of the other version is in it now that was not in mine.
    """

    files: Files = field(repr=False)
    conflicts: tuple[Conflict, ...]
    taken: tuple[Difference, ...]

    @property
    def is_settled(self) -> bool:
        """Whether every conflict has been decided."""
        return all(conflict.choice is not None for conflict in self.conflicts)


def merge(base: Files, mine: Files, theirs: Files, choices: Mapping[str, Side] | None = None) -> Merged:
    """Return what becomes of two versions of the same base.

    What only one side has changed is taken over. What both have changed alike is no conflict. How the drawing looks is
    no conflict either: there mine counts, and lines follow their steps.

    :param choices: by conflict, whose version is taken.
    """
    base, theirs = _with_diagram_of(mine, base), _with_diagram_of(mine, theirs)
    chosen = choices or {}
    files: dict[str, bytes] = {}
    conflicts: list[Conflict] = []
    for name in dict.fromkeys([*mine, *theirs]):
        content, found = _merge_file(name, base.get(name), mine.get(name), theirs.get(name), chosen)
        conflicts += found
        if content is not None:
            files[name] = content
    return Merged(files, tuple(conflicts), differences(mine, files))


def _with_diagram_of(mine: Files, other: Files) -> Files:
    """Return files whose diagram is called as mine is: a file may be renamed, the process is the same."""
    names = [[name for name in files if name.endswith(".bpmn")] for files in (mine, other)]
    if [len(found) for found in names] != [1, 1]:
        return other
    return {names[0][0] if name == names[1][0] else name: content for name, content in other.items()}


def _merge_file(
    name: str, base: bytes | None, mine: bytes | None, theirs: bytes | None, choices: Mapping[str, Side]
) -> tuple[bytes | None, Iterable[Conflict]]:
    """Return the merged content, None for no file, and the conflicts in it."""
    if theirs in (mine, base):
        return mine, ()
    if base == mine:
        return theirs, ()
    if base is not None and mine is not None and theirs is not None:
        return _merge_content(name, (base, mine, theirs), choices)
    return _choose_file(name, (base, mine, theirs), choices)


def _merge_content(
    name: str, contents: tuple[bytes, bytes, bytes], choices: Mapping[str, Side]
) -> tuple[bytes | None, Iterable[Conflict]]:
    _, mine, theirs = contents
    sides = Sides(*(read_tree(name, content) for content in contents))
    if _is_same(sides.mine, sides.theirs) or _is_same(sides.base, sides.theirs):
        return mine, ()
    if _is_same(sides.base, sides.mine):
        return theirs, ()
    is_readable = all(tree.is_readable for tree in (sides.base, sides.mine, sides.theirs))
    if not is_readable or name.startswith(SCENARIO_FOLDER):
        return _choose_file(name, contents, choices)
    conflicts, result = _merge_trees(name, sides, choices)
    return tidy_file(name, _written(name, sides, result), mine), conflicts


def _is_same(one: Tree, other: Tree) -> bool:
    return next(find_changes(one, other), None) is None


def _choose_file(
    name: str, contents: tuple[bytes | None, bytes | None, bytes | None], choices: Mapping[str, Side]
) -> tuple[bytes | None, Iterable[Conflict]]:
    """Return a file that is taken from one side as a whole, and the conflict that it is."""
    base, mine, theirs = contents
    identifier = _id_of(name, (_FILE, name))
    told = tuple(describe(name, base, mine)), tuple(describe(name, base, theirs))
    conflict = Conflict(identifier, name, *told, choices.get(identifier))
    return (theirs if conflict.choice is Side.THEIRS else mine), (conflict,)


def _merge_trees(name: str, sides: Sides, choices: Mapping[str, Side]) -> tuple[list[Conflict], Result]:
    told = [list(describe_trees(name, sides.base, sides.tree(side))) for side in Side]
    by_place = [_by_place(side) for side in told]
    decided: dict[Place, Side] = {}
    conflicts = []
    for group in find_groups(sides):
        identifier = _id_of(name, group[0])
        numbers = [sorted({number for place in group for number in side.get(place, ())}) for side in by_place]
        said = [tuple(map(side.__getitem__, found)) for side, found in zip(told, numbers, strict=True)]
        conflicts.append(Conflict(identifier, name, said[0], said[1], choices.get(identifier)))
        decided |= dict.fromkeys(group, choices.get(identifier, Side.MINE))
    return conflicts, Result(sides, decided)


def _by_place(told: Iterable[Difference]) -> Mapping[Place, list[int]]:
    """Return the numbers of the differences that are about each fact."""
    found: dict[Place, list[int]] = defaultdict(list)
    for number, difference in enumerate(told):
        for place in difference.places:
            found[place].append(number)
    return found


def _written(name: str, sides: Sides, result: Result) -> bytes:
    root = sides.mine.root.key
    return write_values(result, root) if name.endswith(".json") else write_elements(sides, result, root)


def _id_of(name: str, place: Place) -> str:
    return sha256("\x1f".join((name, *place)).encode()).hexdigest()[:_ID_LENGTH]
