"""What is wrong with the tables of a file, or worth a look, each with the cell to go to."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from engine.dmn import Decision, DecisionTable, Problem
from engine.dmn.findings import Finding, unfinished
from engine.dmn.graph import Needed
from engine.dmn.reviewing import review
from webapp.studio.tables.decisions import TableFile
from webapp.texts import language

MOST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to look at.

    :param owner: the name of the decision, where the file has several.
    :param element: the id of the rule, column or decision to go to.
    :param rule: the number of the rule; 0 when it is about none.
    :param column: the title of the column, empty when it is about none.
    :param severity: `error` keeps the design from being released, `warning` does not, `info` says what was left out.
    """

    decision: str
    element: str
    rule: int
    column: str
    code: str
    severity: str
    text: str
    owner: str = ""

    @property
    def plain(self) -> Mapping[str, Any]:
        """The same, fit for JSON."""
        return asdict(self)


def faults_of(file: TableFile) -> list[Fault]:
    """Return what is wrong with a file's decisions, mistakes first, in the reader's language."""
    if file.fault:
        return [Fault("", file.name, 0, "", "dmn_unreadable", "error", file.fault)]
    has_several = len(file.decisions) > 1
    found = [
        replace(fault, owner=decision.name or decision.id) if has_several else fault
        for decision in file.decisions.values()
        for fault in _of(decision)
    ]
    return sorted(found, key=lambda fault: _SEVERITIES.index(fault.severity))[:MOST_SHOWN]


_SEVERITIES: Final = ("error", "warning", "info")


def _of(decision: Decision) -> Iterator[Fault]:
    numbers = _numbers(decision)
    if decision.problems:
        yield from (_problem(decision, problem, numbers) for problem in decision.problems)
        return
    analysis = review(Needed("", decision.file, decision.node))
    if analysis is None:
        return
    findings = (found for found in analysis.findings if not found.is_of_others)
    yield from (_finding(decision, found, numbers) for found in findings)
    for unclear in analysis.unclear:
        said = replace(unclear, rule=str(numbers.get(unclear.rule, unclear.rule))).message(language())
        yield _fault(decision, unclear.rule, numbers, code="undecided", column=unclear.column, text=said)
    if not analysis.is_complete:
        yield _fault(decision, decision.id, numbers, code="unfinished", text=unfinished(language()))


def _numbers(decision: Decision) -> Mapping[str, int]:
    """Return the numbers of the rules by their ids."""
    rules = decision.logic.rules if isinstance(decision.logic, DecisionTable) else ()
    return {rule.id: number for number, rule in enumerate(rules, 1)}


def _problem(decision: Decision, problem: Problem, numbers: Mapping[str, int]) -> Fault:
    """Say a mistake; of a cell only what FEEL says, as the page shows where it stands."""
    column = problem.params.get("column", "")
    text = problem.cause.message(language()) if problem.cause and column else problem.message(language())
    return _fault(decision, problem.element, numbers, code=problem.code, column=column, text=text, severity="error")


def _finding(decision: Decision, finding: Finding, numbers: Mapping[str, int]) -> Fault:
    numbered = replace(finding, rules=tuple(str(numbers.get(rule, rule)) for rule in finding.rules))
    element = finding.rules[0] if finding.rules else decision.id
    return _fault(decision, element, numbers, code=finding.code, text=numbered.message(language()), severity="warning")


def _fault(
    decision: Decision,
    element: str,
    numbers: Mapping[str, int],
    *,
    code: str,
    text: str,
    column: str = "",
    severity: str = "info",
) -> Fault:
    return Fault(decision.id, element, numbers.get(element, 0), column, code, severity, text)
