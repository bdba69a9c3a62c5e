"""Tries a decision out: what the engine says to the values that were typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.calendar import WorkCalendar
from engine.dmn import Decision, DecisionConflict, DecisionInvalid
from engine.dmn.explaining import RuleFate, fates
from engine.dmn.hearing import TableTrace
from engine.dmn.showing import shown
from engine.feel import Environment, FeelBudgetExceeded
from webapp.texts import language


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a rule: `state` as the engine says it, and why in the reader's language."""

    number: int
    rule: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class TriedTable:
    """A table that was asked.

    :param looked_at: what its columns looked at, by their titles.
    """

    owner: str
    looked_at: tuple[tuple[str, str], ...]
    rules: tuple[Fate, ...]

    @property
    def fired(self) -> tuple[Fate, ...]:
        """The rules that applied."""
        return tuple(rule for rule in self.rules if rule.state == "fired")


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it.

    :param fault: why there is no result, in the reader's language.
    """

    result: str = ""
    tables: tuple[TriedTable, ...] = ()
    decided: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    fault: str = ""


def try_out(decision: Decision, values: Mapping[str, Any], now: datetime, calendar: WorkCalendar) -> Tried:
    """Ask a decision for some variables, as a case would."""
    try:
        outcome = decision.decide(values, Environment(now=now, calendar=calendar))
    except (DecisionInvalid, DecisionConflict) as error:
        return Tried(fault=error.message(language()))
    except FeelBudgetExceeded as error:
        return Tried(fault=error.message(language()))
    return Tried(
        shown(outcome.value),
        tuple(_table(trace) for trace in outcome.tables),
        tuple((name, shown(value)) for name, value in outcome.decided.items() if name != decision.name),
        tuple(note.message(language()) for note in outcome.notes),
    )


def _table(trace: TableTrace) -> TriedTable:
    read = zip(trace.table.inputs, trace.values, strict=True)
    looked_at = tuple((column.title_in(language()), shown(value)) for column, value in read)
    rules = (_fate(number, fate) for number, fate in enumerate(fates(trace), 1))
    return TriedTable(trace.element, looked_at, tuple(rules))


def _fate(number: int, fate: RuleFate) -> Fate:
    return Fate(number, fate.rule, fate.state, fate.message(language()))
