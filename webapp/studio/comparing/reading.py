"""Reads two versions of a process for the page that compares them, and what would come of merging one into a design."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.bpmn.release import check_release
from engine.command import TenantSubject
from engine.designs.differing import Difference, DifferenceKind, differences
from engine.designs.finding import Design
from engine.designs.merging import Merged, Side
from engine.designs.others import Other, other_default, other_release
from engine.designs.storable import SCENARIO_FOLDER
from engine.errors import NotFound, Problem
from engine.policy.actor import Actor
from engine.queries.designs import InForce, releases_in_force, turns_of
from webapp.studio.comparing.parameters import Numbers, compare_numbers
from webapp.studio.comparing.sheets import Sheet, form_sheets, table_sheets
from webapp.studio.comparing.versions import DEFAULT, DESIGN, RELEASE, TAKEN, Choice, choices_for, files_of
from webapp.studio.reading import read_design
from webapp.texts import gettext as _
from webapp.wiring import Alur, shipped_releases, shipped_scenarios

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class FileChanges:
    """What differs in one file.

    :param is_diagram: whether its elements can be shown.
    """

    name: str
    is_diagram: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a process beside each other.

    :param before: the key of the older version; `after` of the newer one.
    :param numbers: what its services compute with, on the days of both.
    :param marks: the elements to be coloured in each diagram: what is gone in the older, what is new in the newer.
    :param outdated: the release in force, if the design is based on another one.
    :param has_default: a national default is installed that can be merged.
    """

    design: Design
    choices: tuple[Choice, ...]
    before: Choice
    after: Choice
    files: tuple[FileChanges, ...]
    marks: tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]
    tables: tuple[Sheet, ...]
    forms: tuple[Sheet, ...]
    numbers: Numbers
    outdated: InForce | None
    has_default: bool
    may_change: bool
    may_import: bool

    @property
    def is_same(self) -> bool:
        """Whether both do the same."""
        return not any(not found.is_quiet for group in self.files for found in group.differences)


@dataclass(frozen=True, slots=True)
class MergePage:
    """What would come of merging another version into a design.

    :param name: of the other version.
    :param problems: what the check says of it.
    """

    design: Design
    name: str
    other: Other = field(repr=False)
    merged: Merged
    problems: tuple[Problem, ...]


def read_comparison(read: Any, actor: Actor, alur: Alur, design_id: int, *, before: str, after: str) -> Comparison:
    """Return two versions of the process of a design.

    :param before: the key of the older one; empty for the release in force.
    :param after: the key of the newer one; empty for the design.
    :raise NotFound: the design or a version does not exist, or is not for this reader.
    """
    design = read_design(read, actor, alur, design_id)
    choices = choices_for(read, actor, design)
    chosen = _choice(choices, before or choices[0].key), _choice(choices, after or DESIGN)
    files = files_of(read, actor, design, chosen[0].key), files_of(read, actor, design, chosen[1].key)
    found = differences(*files)
    in_force = release_in_force(read, actor, design)
    is_behind = in_force is not None and in_force.id != design.base and not design.status.is_closed
    return Comparison(
        design,
        choices,
        *chosen,
        _by_file(found),
        _marks(found),
        tuple(table_sheets(*files)),
        tuple(form_sheets(*files)),
        compare_numbers(read, actor, alur, files, (chosen[0].moment, chosen[1].moment)),
        in_force if is_behind else None,
        design.process in shipped_releases(),
        not design.status.is_closed and alur.engine.policy.allows(actor, "design:change", design, read),
        alur.engine.policy.allows(actor, "people:import", TenantSubject(actor.tenant), read),
    )


def read_diagram(read: Any, actor: Actor, alur: Alur, design_id: int, key: str) -> bytes:
    """Return the diagram of a version of the process of a design.

    :raise NotFound: the design or the version does not exist, or is not for this reader.
    """
    files = files_of(read, actor, read_design(read, actor, alur, design_id), key)
    found = next((content for name, content in files.items() if name.endswith(".bpmn")), None)
    if found is None:
        raise NotFound()
    return found


def read_merge(
    read: Any, actor: Actor, alur: Alur, design_id: int, *, key: str, choices: Mapping[str, Side] | None = None
) -> MergePage:
    """Return what would come of merging another version into a design.

    :param key: of the other version: a release, or the installed default.
    :raise NotFound: the design or the version does not exist, or is not for this reader.
    :raise Forbidden: the reader may look at the design only.
    """
    design = read_design(read, actor, alur, design_id)
    alur.engine.policy.require(actor, "design:change", design, read)
    design.require_open()
    other = _other(read, actor, design, key)
    merged = other.merged_into(design, choices)
    return MergePage(
        design, _name(read, actor, design, other), other, merged, check_release(merged.files, alur.catalogue)
    )


def release_in_force(read: Any, actor: Actor, design: Design) -> InForce | None:
    """Return the release in force of the process of a design."""
    return next((found for found in releases_in_force(read, actor) if found.process == design.process), None)


def _name(read: Any, actor: Actor, design: Design, other: Other) -> str:
    turns = turns_of(read, actor, design.process)
    number = next((turn.number for turn in turns if turn.id == other.release_id), None)
    return _("Bawaan nasional") if number is None else _("Rilis %(number)s", number=number)


def _other(read: Any, actor: Actor, design: Design, key: str) -> Other:
    scenarios = shipped_scenarios(design.process)
    if key == DEFAULT and design.process in shipped_releases():
        return other_default(read, design, shipped_releases()[design.process], scenarios)
    if key in (DEFAULT, DESIGN, TAKEN):
        raise NotFound()
    files_of(read, actor, design, key)
    return other_release(read, design, int(key.removeprefix(RELEASE)), scenarios)


def _choice(choices: Iterable[Choice], key: str) -> Choice:
    found = next((choice for choice in choices if choice.key == key), None)
    if found is None:
        raise NotFound()
    return found


def _by_file(found: Iterable[Difference]) -> tuple[FileChanges, ...]:
    groups: dict[str, list[Difference]] = {}
    for item in found:
        name = _("Skenario") if item.file.startswith(SCENARIO_FOLDER) else file_name(item.file)
        groups.setdefault(name, []).append(item)
    return tuple(
        FileChanges(name, items[0].file.endswith(".bpmn"), tuple(sorted(items, key=lambda item: item.is_quiet)))
        for name, items in groups.items()
    )


def file_name(name: str) -> str:
    """Return what a file of a process is called on pages."""
    plain = name.rpartition("/")[2].rpartition(".")[0]
    if name.endswith(".bpmn"):
        return _("Diagram")
    if name.endswith(".dmn"):
        return _("Tabel keputusan %(name)s", name=plain)
    if name.startswith("forms/"):
        return _("Formulir %(name)s", name=plain)
    return _("Skenario %(name)s", name=plain)


def _marks(found: Iterable[Difference]) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """Return which elements are marked in the older and in the newer diagram."""
    told = [item for item in found if item.file.endswith(".bpmn") and not item.is_quiet]
    ids = {kind: [key for item in told if item.kind is kind for key in item.subjects] for kind in DifferenceKind}
    changed = [key for key in ids[DifferenceKind.CHANGED] if not key.startswith("/")]
    return (
        {"removed": ids[DifferenceKind.REMOVED], "changed": changed},
        {"added": ids[DifferenceKind.ADDED], "changed": changed},
    )
