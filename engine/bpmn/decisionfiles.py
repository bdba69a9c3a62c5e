"""Reads the decision tables of a release, which may import each other, and checks them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.bpmn.read import problem
from engine.dmn import Decision, DmnUnreadable, check_decision, decisions_of, link, read_definitions
from engine.dmn.model import Definitions
from engine.errors import Problem

DECISIONS = ".dmn"


def read_tables(
    files: Mapping[str, bytes], *, with_findings: bool = False
) -> tuple[dict[str, Decision], list[Problem]]:
    """Return the decisions by id, and what is wrong with them and with the files they stand in.

    :param with_findings: whether to warn of gaps, overlaps and rules that never apply, which takes time.
    """
    read, problems = _definitions(files)
    found: dict[str, Decision] = {}
    for name, file in zip(read, link(read.values(), reads_case=True), strict=True):
        decisions = decisions_of(file)
        problems += [_second_decision(name, key) for key in sorted(found.keys() & decisions.keys())]
        found.update(decisions)
        said = (*_wrong(decisions), *(_findings(decisions) if with_findings else ()))
        problems += [replace(item, params={"file": name}) for item in said]
    return found, problems


def _definitions(files: Mapping[str, bytes]) -> tuple[dict[str, Definitions], list[Problem]]:
    """Return what each file defines, in the order of their names, and which cannot be read."""
    read: dict[str, Definitions] = {}
    problems: list[Problem] = []
    for name in sorted(name for name in files if name.endswith(DECISIONS)):
        try:
            read[name] = read_definitions(files[name])
        except DmnUnreadable as error:
            problems.append(problem(name, "dmn_unreadable", error.message("id"), error.message("en")))
    return read, problems


def _wrong(decisions: Mapping[str, Decision]) -> Iterator[Problem]:
    for decision in decisions.values():
        for item in check_decision(decision):
            yield problem(item.element, item.code, item.message("id"), item.message("en"))


def _findings(decisions: Mapping[str, Decision]) -> Iterator[Problem]:
    """Yield what sound tables leave open, decide twice or never reach: worth a look, and no error by itself."""
    for decision in decisions.values():
        for finding in decision.findings:
            indonesian, english = finding.message("id"), finding.message("en")
            about = f"decision_{finding.code}"
            yield problem(
                finding.rules[0] if finding.rules else decision.id,
                about,
                f"Keputusan '{decision.id}': {indonesian}",
                f"Decision '{decision.id}': {english}",
                "warning",
            )


def _second_decision(name: str, key: str) -> Problem:
    return problem(
        name,
        "duplicate_decision",
        f"keputusan '{key}' sudah ada di berkas lain, dan hanya satu yang akan dipakai; hapus atau ganti idnya.",
        f"the decision '{key}' is in another file already, and only one would be used; delete it or change its id.",
    )
