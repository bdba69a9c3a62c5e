"""Reads the decision tables of a release, and checks each by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.bpmn.read import problem
from engine.dmn import Decision, DmnUnreadable, check_decision, read_decisions
from engine.errors import Problem

DECISIONS = ".dmn"


def read_tables(files: Mapping[str, bytes]) -> tuple[dict[str, Decision], list[Problem]]:
    """Return the decisions by id, and what is wrong with them and with the files they stand in."""
    found: dict[str, Decision] = {}
    problems: list[Problem] = []
    for name in sorted(name for name in files if name.endswith(DECISIONS)):
        try:
            decisions = read_decisions(files[name])
        except DmnUnreadable as error:
            problems.append(problem(name, "dmn_unreadable", error.message("id"), error.message("en")))
            continue
        problems += [_second_decision(name, key) for key in sorted(found.keys() & decisions.keys())]
        found.update(decisions)
        problems += [replace(item, params={"file": name}) for item in _wrong(decisions)]
    return found, problems


def _wrong(decisions: Mapping[str, Decision]) -> Iterator[Problem]:
    for decision in decisions.values():
        for item in check_decision(decision):
            yield problem(item.element, item.code, item.message("id"), item.message("en"))


def _second_decision(name: str, key: str) -> Problem:
    return problem(
        name,
        "duplicate_decision",
        f"keputusan '{key}' sudah ada di berkas lain, dan hanya satu yang akan dipakai; hapus atau ganti idnya.",
        f"the decision '{key}' is in another file already, and only one would be used; delete it or change its id.",
    )
