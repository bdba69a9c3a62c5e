"""The decision tables of a design to be read, for whoever looks from outside and cannot edit."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.designs.finding import Design
from engine.dmn import Decision, DecisionTable, LiteralExpression
from webapp.spoken import spoken_cell
from webapp.studio.frame import Tab
from webapp.studio.tables.changing import POLICIES
from webapp.studio.tables.decisions import ENDING, askers, read_table_files
from webapp.studio.tables.wording import policy_words
from webapp.texts import language, lazy

#: Stands where others have the editor of tables.
TAB_RULES: Final = Tab(30, lazy("Tabel"), "studio.show_rules")
PER_PAGE: Final = 100
ANY_VALUE: Final = "-"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of a table.

    :param cells: what is asked, then what comes of it; None where anything goes.
    """

    number: int
    cells: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """A decision, as it is read.

    :param asked_by: the names of the steps that ask it.
    :param policy: what is done where several rules apply; empty for what is no table.
    :param rules: those on this page of the table.
    :param expression: of a decision that is no table; empty if it is neither.
    """

    name: str
    description: str
    asked_by: tuple[str, ...]
    policy: str
    heads: tuple[str, ...]
    rules: tuple[RuleRow, ...]
    size: int
    expression: str


def has_tables(design: Design) -> bool:
    """Say whether there is a decision table to be read."""
    return any(name.endswith(ENDING) for name in design.files)


def rule_sheets(design: Design, page: int) -> list[RuleSheet]:
    """Return the decisions of a design, of long tables the rules of one page; what cannot be read is left out.

    :param page: from 1.
    """
    return [_sheet(decision, asked_by, page) for decision, asked_by in _decisions(design)]


def _decisions(design: Design) -> Iterator[tuple[Decision, tuple[str, ...]]]:
    steps = askers(design.files)
    for file in read_table_files(design.files).values():
        yield from ((decision, steps.get(name, ())) for name, decision in file.decisions.items())


def _sheet(decision: Decision, asked_by: tuple[str, ...], page: int) -> RuleSheet:
    name, logic, description = decision.name_in(language()), decision.logic, decision.node.description
    if not isinstance(logic, DecisionTable):
        text = logic.text if isinstance(logic, LiteralExpression) else ""
        return RuleSheet(name, description, asked_by, "", (), (), 0, text)
    inputs = (column.title_in(language()) for column in logic.inputs)
    outputs = (column.title_in(language()) for column in logic.outputs)
    policy = f"{logic.hit_policy} {logic.aggregation}".strip()
    first = (page - 1) * PER_PAGE
    rules = tuple(
        RuleRow(number, tuple(map(_cell, (*rule.tests, *rule.results))))
        for number, rule in enumerate(logic.rules[first : first + PER_PAGE], first + 1)
    )
    words = policy_words(policy) if policy in POLICIES else policy
    return RuleSheet(name, description, asked_by, words, (*inputs, *outputs), rules, len(logic.rules), "")


def _cell(text: str) -> str | None:
    return spoken_cell(text) if text != ANY_VALUE else None
