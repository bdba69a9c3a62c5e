"""A release ready to run: diagram, decision tables and forms of one process, named by the hash of their content."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from engine.bpmn.check import Catalogue, check_outline
from engine.bpmn.dataobjects import check_data_objects
from engine.bpmn.decisionfiles import read_tables
from engine.bpmn.drawn import check_drawn
from engine.bpmn.formfiles import FORM_FOLDER, check_forms, read_forms
from engine.bpmn.model import Element, Outline
from engine.bpmn.outline import read_outline
from engine.bpmn.read import check_shape, problem, read_xml
from engine.bpmn.speaking import subjects_in, with_subjects
from engine.bpmn.wording import check_wording
from engine.bpmn.workflow import ProcessSpec
from engine.dmn import Decision
from engine.errors import DiagramRefused, Problem
from engine.records.packing import pack, unpack

_KNOWN_FILE = re.compile(rf"[^/\\]+\.(bpmn|dmn)|({FORM_FOLDER}|scenarios/)[A-Za-z0-9_-][A-Za-z0-9_.-]*\.json")

_ECHOES = frozenset({"dangling_flow", "boundary_host", "compensation_handler", "compensation_activity"})


@dataclass(frozen=True, slots=True)
class Release:
    """What a case is pinned to.

    :param digest: sha256 over the names and contents of all files.
    :param forms: declarative form specifications by key, as plain data.
    """

    digest: str
    files: Mapping[str, bytes]
    outline: Outline
    spec: ProcessSpec
    decisions: Mapping[str, Decision]
    forms: Mapping[str, Mapping[str, Any]]

    @property
    def process(self) -> str:
        """The id of the process in the diagram."""
        return self.outline.process

    @property
    def diagram(self) -> bytes:
        """The BPMN file."""
        return self.files[_diagram_names(self.files)[0]]

    def element(self, identifier: str) -> Element:
        """Return one flow node of the diagram."""
        return self.outline.elements[identifier]


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return the name of a release: equal files give an equal name."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(len(name).to_bytes(4) + name.encode() + len(files[name]).to_bytes(8) + files[name])
    return total.hexdigest()


def is_known_file(name: str) -> bool:
    """Say whether a release may hold a file of that name."""
    return _KNOWN_FILE.fullmatch(name) is not None


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """Return the files of a release as one stored value."""
    return pack(dict(files))


def check_release(files: Mapping[str, bytes], catalogue: Catalogue) -> tuple[Problem, ...]:
    """Return everything that would keep these files from running, and the warnings, in one pass."""
    return _check(files, catalogue)[1]


def check_parts(files: Mapping[str, bytes], catalogue: Catalogue) -> tuple[Problem, ...]:
    """Return what is wrong with decision tables and forms that no diagram has been given for."""
    return tuple(_read_parts(files, catalogue)[2])


def compile_release(files: Mapping[str, bytes], catalogue: Catalogue) -> Release:
    """Return the release of these files.

    :raise DiagramRefused: with every problem found.
    """
    release, problems = _check(files, catalogue)
    if release is None:
        raise DiagramRefused(problems)
    return release


def load_release(digest: str, content: bytes) -> Release:
    """Return a deployed release, compiled from its stored content.

    It was checked when it was deployed: services that have gone since make incidents, not load errors.
    """
    files = cast("dict[str, bytes]", unpack(content))
    return _build(files, digest)


def _check(files: Mapping[str, bytes], catalogue: Catalogue) -> tuple[Release | None, tuple[Problem, ...]]:
    """Return the release, None if there are errors, and all problems."""
    outline, problems, subjects = _read_diagram(files)
    decisions, forms, part_problems = _read_parts(files, catalogue)
    if outline is not None:
        found = check_outline(outline, catalogue, decisions=frozenset(decisions), forms=frozenset(forms))
        problems += _in_file(_diagram_names(files)[0], _without_echoes(outline, problems, found))
    problems = [*with_subjects(problems, subjects), *part_problems]
    if outline is None or any(found.severity == "error" for found in problems):
        return None, tuple(problems)
    return _joined(digest_of(files), files, outline, decisions, forms), tuple(problems)


def _read_parts(
    files: Mapping[str, bytes], catalogue: Catalogue
) -> tuple[Mapping[str, Decision], Mapping[str, Mapping[str, Any]], list[Problem]]:
    """Return the decision tables and forms, and what is wrong with all that is no diagram."""
    decisions, decision_problems = read_tables(files, with_findings=True)
    forms, form_problems = read_forms(files)
    form_problems += check_forms(forms, catalogue.check_form)
    return decisions, forms, [*_unknown_files(files), *decision_problems, *form_problems]


def _without_echoes(outline: Outline, said: Iterable[Problem], found: Iterable[Problem]) -> Iterator[Problem]:
    """Yield what is found, but not that something at a refused element leads nowhere: that is said at the element."""
    refused = {item.element for item in said if item.code == "not_executed"}
    return (item for item in found if item.code not in _ECHOES or not refused & _named_at(outline, item.element))


def _named_at(outline: Outline, name: str) -> set[str | None]:
    """Return the elements that a flow or an event names."""
    if name in outline.flows:
        return {outline.flows[name].source, outline.flows[name].target}
    element = outline.elements[name]
    return {element.attached_to, element.handler, element.event.activity if element.event else None}


def _build(files: Mapping[str, bytes], digest: str) -> Release:
    """Put a release together that was checked when it was deployed.

    :raise DiagramRefused: the stored diagram cannot be read at all.
    """
    outline, problems, _ = _read_diagram(files)
    if outline is None:
        raise DiagramRefused(tuple(problems))
    return _joined(digest, files, outline, read_tables(files)[0], read_forms(files)[0])


def _joined(
    digest: str,
    files: Mapping[str, bytes],
    outline: Outline,
    decisions: Mapping[str, Decision],
    forms: Mapping[str, Mapping[str, Any]],
) -> Release:
    return Release(digest, files, outline, ProcessSpec(outline), decisions, forms)


def _read_diagram(files: Mapping[str, bytes]) -> tuple[Outline | None, list[Problem], Mapping[str, Mapping[str, str]]]:
    """Return the process, the problems of reading it, and what its elements are called."""
    names = _diagram_names(files)
    if len(names) != 1:
        found = problem(
            "release",
            "one_diagram",
            f"rilis harus memuat tepat satu berkas .bpmn, ditemukan {len(names)}; sertakan satu saja.",
            f"a release must hold exactly one .bpmn file, found {len(names)}; include just one.",
        )
        return None, [found], {}
    try:
        root = read_xml(files[names[0]], names[0])
    except DiagramRefused as refused:
        return None, list(refused.problems), {}
    outline, problems = read_outline(root, names[0])
    problems = [*check_shape(root, names[0]), *check_wording(root, names[0]), *check_drawn(root), *problems]
    problems += check_data_objects(root, outline) if outline is not None else []
    return outline, _in_file(names[0], problems), subjects_in(root)


def _in_file(name: str, problems: Iterable[Problem]) -> list[Problem]:
    """Say of problems in which file of the release they are; those without it name the file as their element."""
    return [replace(found, params={**found.params, "file": name}) for found in problems]


def _diagram_names(files: Mapping[str, bytes]) -> list[str]:
    return sorted(name for name in files if name.endswith(".bpmn"))


def _unknown_files(files: Mapping[str, bytes]) -> list[Problem]:
    return [
        problem(
            name[:120],
            "unknown_file",
            "berkas ini tidak dibaca; rilis hanya memuat satu .bpmn, .dmn, forms/NAMA.json, dan scenarios/NAMA.json. "
            "Keluarkan dari rilis.",
            "this file is not read; a release holds one .bpmn, .dmn files, forms/NAME.json and scenarios/NAME.json. "
            "Take it out.",
        )
        for name in sorted(files)
        if not is_known_file(name)
    ]
