"""A release ready to run: diagram, decision tables and forms of one process, named by the hash of their content."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from engine.bpmn.check import Catalogue, check_outline
from engine.bpmn.model import Element, Outline
from engine.bpmn.outline import read_outline
from engine.bpmn.read import problem, read_xml
from engine.bpmn.workflow import ProcessSpec
from engine.dmn import Decision, DmnUnreadable, check_decision, read_decisions
from engine.errors import DiagramRefused, Problem
from engine.records.packing import pack, unpack

FORM_FOLDER = "forms/"


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
        return self.files[_diagram_name(self.files)]

    def element(self, identifier: str) -> Element:
        """Return one flow node of the diagram."""
        return self.outline.elements[identifier]


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return the name of a release: equal files give an equal name."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(len(name).to_bytes(4) + name.encode() + len(files[name]).to_bytes(8) + files[name])
    return total.hexdigest()


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """Return the files of a release as one stored value."""
    return pack(dict(files))


def check_release(files: Mapping[str, bytes], catalogue: Catalogue) -> tuple[Problem, ...]:
    """Return everything that would keep these files from running, in one pass."""
    try:
        _compile(files, catalogue)
    except DiagramRefused as refused:
        return refused.problems
    return ()


def compile_release(files: Mapping[str, bytes], catalogue: Catalogue) -> Release:
    """Return the release of these files.

    :raise DiagramRefused: with every problem found.
    """
    return _compile(files, catalogue)


def load_release(digest: str, content: bytes) -> Release:
    """Return a deployed release, compiled from its stored content.

    It was checked when it was deployed: services that have gone since make incidents, not load errors.
    """
    files = cast("dict[str, bytes]", unpack(content))
    return _build(files, digest)


def _compile(files: Mapping[str, bytes], catalogue: Catalogue) -> Release:
    name = _diagram_name(files)
    outline, problems = read_outline(read_xml(files[name], name), name)
    decisions, decision_problems = _read_decisions(files)
    forms, form_problems = _read_forms(files)
    problems += decision_problems + form_problems
    problems += check_outline(outline, catalogue, decisions=frozenset(decisions), forms=frozenset(forms))
    if any(found.severity == "error" for found in problems):
        raise DiagramRefused(tuple(problems))
    return _build(files, digest_of(files))


def _build(files: Mapping[str, bytes], digest: str) -> Release:
    name = _diagram_name(files)
    outline, _ = read_outline(read_xml(files[name], name), name)
    decisions, _ = _read_decisions(files)
    forms, _ = _read_forms(files)
    return Release(digest, files, outline, ProcessSpec(outline), decisions, forms)


def _diagram_name(files: Mapping[str, bytes]) -> str:
    names = sorted(name for name in files if name.endswith(".bpmn"))
    if len(names) != 1:
        found = problem(
            "release",
            "one_diagram",
            f"rilis harus memuat tepat satu berkas .bpmn, ditemukan {len(names)}.",
            f"a release must hold exactly one .bpmn file, found {len(names)}.",
        )
        raise DiagramRefused((found,))
    return names[0]


def _read_decisions(files: Mapping[str, bytes]) -> tuple[dict[str, Decision], list[Problem]]:
    found: dict[str, Decision] = {}
    problems: list[Problem] = []
    for name in sorted(name for name in files if name.endswith(".dmn")):
        try:
            decisions = read_decisions(files[name])
        except DmnUnreadable as error:
            problems.append(problem(name, "dmn_unreadable", error.message("id"), error.message("en")))
            continue
        found.update(decisions)
        problems += [
            problem(item.element, item.code, item.message("id"), item.message("en"))
            for decision in decisions.values()
            for item in check_decision(decision)
        ]
    return found, problems


def _read_forms(files: Mapping[str, bytes]) -> tuple[dict[str, Mapping[str, Any]], list[Problem]]:
    found: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    for name in sorted(name for name in files if name.startswith(FORM_FOLDER) and name.endswith(".json")):
        key = name.removeprefix(FORM_FOLDER).removesuffix(".json")
        try:
            found[key] = json.loads(files[name])
        except ValueError:
            problems.append(
                problem(
                    name,
                    "form_not_json",
                    "berkas formulir bukan JSON yang benar; simpan ulang dari penyusun formulir.",
                    "the form file is not valid JSON; save it again from the form builder.",
                )
            )
    return found, problems
